/** The content policy holds against what a hostile text on the page could try. */
import { expect, test } from '@playwright/test'
import { type LaunchedDesk, launchDesk } from '../desk/support/launch.ts'

let desk: LaunchedDesk
test.beforeAll(async () => {
  desk = await launchDesk()
})
test.afterAll(() => desk?.close())

/** Does something in the page and waits for the browser to say which directive stopped it. */
async function violation(doIt: () => void): Promise<{ directive: string; blocked: string }> {
  return desk.page.evaluate(async (source) => {
    const stopped = new Promise<{ directive: string; blocked: string }>((resolve) => {
      document.addEventListener(
        'securitypolicyviolation',
        (event) => resolve({ directive: event.effectiveDirective, blocked: event.blockedURI }),
        { once: true },
      )
    })
    // Playwright's own evaluation stands outside the policy; what it inserts does not.
    // oxlint-disable-next-line no-eval -- the attack under test has to be made somehow
    ;(0, eval)(`(${source})()`)
    return stopped
  }, doIt.toString())
}

test('an injected script element does not run', async () => {
  const stopped = await violation(() => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.body.append(script)
  })
  expect(stopped).toEqual({ directive: 'script-src-elem', blocked: 'inline' })
  expect(await desk.page.evaluate(() => 'injected' in window)).toBe(false)
})

test('a script from elsewhere is not fetched', async () => {
  const stopped = await violation(() => {
    const script = document.createElement('script')
    script.src = 'https://example.org/a.js'
    document.body.append(script)
  })
  expect(stopped.directive).toBe('script-src-elem')
})

test('an event handler written in markup does not run', async () => {
  const stopped = await violation(() => {
    const image = document.createElement('img')
    image.setAttribute('onerror', 'window.injected = true')
    image.setAttribute('src', 'app://desk/none.png')
    document.body.append(image)
  })
  expect(stopped.directive).toBe('script-src-attr')
})

test('a style element of unknown content is not applied', async () => {
  const stopped = await violation(() => {
    const style = document.createElement('style')
    style.textContent = 'body { background: url(https://example.org/spy.png) }'
    document.body.append(style)
  })
  expect(stopped.directive).toBe('style-src-elem')
})

test('an image from elsewhere is not fetched, so nothing leaks by its address', async () => {
  const stopped = await violation(() => {
    new Image().src = 'https://example.org/leak?title=x'
  })
  expect(stopped.directive).toBe('img-src')
})

test('a form is not sent', async () => {
  const stopped = await violation(() => {
    const form = document.createElement('form')
    form.action = 'https://example.org/'
    document.body.append(form)
    form.submit()
  })
  expect(stopped.directive).toBe('form-action')
})

test('a page is not embedded', async () => {
  const stopped = await violation(() => {
    const frame = document.createElement('iframe')
    frame.src = 'https://example.org/'
    document.body.append(frame)
  })
  expect(stopped.directive).toBe('frame-src')
})

test('the page has no network: a request to loopback fails too', async () => {
  const result = await desk.page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'went out',
      () => 'stopped',
    ),
  )
  expect(result).toBe('stopped')
})

test('the app itself breaks no rule of the policy while it starts', async () => {
  const [page] = await Promise.all([desk.page.waitForEvent('load').then(() => desk.page), desk.page.reload()])
  const noise: string[] = []
  page.on('console', (message) => void (/Content Security Policy/i.test(message.text()) && noise.push(message.text())))
  await Promise.all([page.waitForEvent('load'), page.reload()])
  await expect(page.locator('#root')).not.toBeEmpty()
  expect(noise).toEqual([])
})
