/** A desk whose data folder lies on a real network share does not start, and says which kind of share it is. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { mountShare } from '../support/network-share.ts'

const CLI = fileURLToPath(new URL('../../electron/core/cli.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'balis-share-'))
const share = join(folder, 'share')
const unmount = mountShare(share)
afterAll(() => {
  unmount?.()
  rmSync(join(folder, 'link'), { force: true })
  // Not recursive: nothing of a share that could not be unmounted may be touched.
  for (const path of [share, folder]) rmdirSync(path)
})

async function desk(data: string) {
  const child = spawn(process.execPath, [CLI, 'queue', '--json', '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

// Only root may mount, and not in every container.
test.runIf(unmount)(
  'the folder itself, one that is not there yet and one behind a link',
  async () => {
    symlinkSync(share, join(folder, 'link'))
    for (const data of [share, join(share, 'new', 'deeper'), join(folder, 'link', 'data')]) {
      const { code, out, err } = await desk(data)
      expect([code, JSON.parse(out)]).toEqual([4, { error: { code: 'network_share', params: { kind: 'fuse.sshfs' } } }])
      expect(err).toMatch(/^network_share {"kind":"fuse.sshfs"}\nThe data folder lies on a network share/)
    }
  },
  60_000,
)
