/** The page that shows the pictures of a folder, whichever run took them: one row a screen and state, its variants side by side. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Picture {
  screen: string
  state: string
  size: string
  language: string
  theme: string
}

export const fileOf = ({ screen, state, size, language, theme }: Picture): string =>
  `${screen}.${state}.${size}.${language}.${theme}.png`

const STYLE = `body{font:13px/1.5 system-ui,sans-serif;margin:24px;background:#f5f4f0;color:#1d1c19}
h2{font-size:14px;margin:28px 0 8px}section{display:grid;grid-template-columns:repeat(4,1fr);gap:12px}
figure{margin:0}img{width:100%;display:block;border:1px solid #cfcbc0}figcaption{color:#5f5b52;padding-top:4px}`

export function writeIndex(folder: string): void {
  const pictures = readdirSync(folder).flatMap((file): Picture[] => {
    const [screen, state, size, language, theme, end] = file.split('.')
    return screen && state && size && language && theme && end === 'png'
      ? [{ screen, state, size, language, theme }]
      : []
  })
  const rows = Map.groupBy(pictures, ({ screen, state }) => `${screen} · ${state}`)
  const figure = (picture: Picture) =>
    `<figure><a href="${fileOf(picture)}"><img loading="lazy" src="${fileOf(picture)}" alt=""></a>` +
    `<figcaption>${picture.size} · ${picture.language} · ${picture.theme}</figcaption></figure>`
  const body = [...rows].map(([name, list]) => `<h2>${name}</h2><section>${list.map(figure).join('')}</section>`)
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>BALIS Desk</title><style>${STYLE}</style>${body.join('\n')}\n`,
  )
}
