import { mkdtemp, rm, truncate, writeFile, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readImageFacts } from '../../../electron/core/scanning/image-facts.ts'

describe('a header says what a file is before anyone decodes it', () => {
  let dir: string
  const picture = (): Sharp =>
    sharp({
      create: {
        width: 620,
        height: 877,
        channels: 3,
        background: '#cde',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    }).withMetadata({ density: 150 })
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'balis-facts-'))
    await picture().png().toFile(join(dir, 'a.png'))
    await picture().jpeg().toFile(join(dir, 'a.jpg'))
    await picture().tiff({ compression: 'lzw' }).toFile(join(dir, 'a.tif'))
    await picture().greyscale().tiff({ compression: 'none' }).toFile(join(dir, 'b.tif'))
    await picture()
      .withExif({ IFD0: { Artist: 'x'.repeat(30_000) } })
      .jpeg({ progressive: true })
      .toFile(join(dir, 'b.jpg'))
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  test.each(['a.png', 'a.jpg', 'b.jpg', 'a.tif', 'b.tif'])('%s: kind, size, resolution, wholeness', async (name) => {
    const facts = await readImageFacts(join(dir, name))
    expect(facts).toMatchObject({ width: 620, height: 877, dpi: 150, complete: true })
  })

  test.each(['a.png', 'a.jpg', 'b.jpg', 'a.tif', 'b.tif'])('%s cut short at any point is never whole', async (name) => {
    const bytes = await readFile(join(dir, name))
    const cut = join(dir, `cut-${name}`)
    for (let i = 0; i < 60; i++) {
      await writeFile(cut, bytes)
      await truncate(cut, Math.floor((bytes.length * i) / 60))
      expect((await readImageFacts(cut))?.complete ?? false, `cut at ${i}/60`).toBe(false)
    }
  })

  test('a PDF is known by its head and whole by its tail', async () => {
    const path = join(dir, 'a.pdf')
    await writeFile(path, '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n')
    expect(await readImageFacts(path)).toMatchObject({ mime: 'application/pdf', complete: false })
    await writeFile(path, '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n')
    expect(await readImageFacts(path)).toMatchObject({ mime: 'application/pdf', complete: true })
  })

  test('anything else is null: empty, text, a program, random bytes behind a true magic', async () => {
    const junk = [
      '',
      'hello there, this is text',
      '\x7fELF\x02\x01\x01',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 3]),
      Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(40, 0xee)]),
      Buffer.from('89504e470d0a1a0a', 'hex'),
    ]
    for (const bytes of junk) {
      const path = join(dir, 'junk')
      await writeFile(path, bytes)
      expect(await readImageFacts(path)).toBeNull()
    }
  })
})
