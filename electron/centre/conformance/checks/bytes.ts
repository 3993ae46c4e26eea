/** Checks of documents. */
import assert from 'node:assert/strict'
import { sha256Of } from '../client.ts'
import { some, type Check } from './check.ts'

export const BYTES: readonly Check[] = [
  {
    rule: 'S5 reading',
    claim: "another library's bytes are not there",
    run: async ({ one, foreign }) => {
      const sha256 = await foreign.upload(some(4000))
      assert.equal((await one.call('GET', one.lib(`/blobs/${sha256}`))).status, 404)
    },
  },
  {
    rule: 'upload hash',
    claim: 'bytes that do not hash to what was said are 409 hash_mismatch and gone',
    run: async ({ one }) => {
      const bytes = some(5000)
      const wrong = sha256Of(some(16))
      const url = await one.begin('application/pdf', bytes.length)
      await one.patch(url, 0, bytes)
      const answer = await one.complete(url, wrong, bytes.length)
      assert.equal(answer.status, 409)
      assert.equal(answer.json?.error, 'hash_mismatch')
      assert.equal((await one.call('GET', one.lib(`/blobs/${wrong}`))).status, 404)
    },
  },
  {
    rule: 'upload resume',
    claim: 'an upload goes on from the offset HEAD tells, and a piece for another place is 409',
    run: async ({ one }) => {
      const bytes = some(9000)
      const url = await one.begin('application/pdf', bytes.length)
      await one.patch(url, 0, bytes.slice(0, 4000))
      assert.equal((await one.head(url)).headers.get('upload-offset'), '4000')
      assert.equal((await one.patch(url, 0, bytes)).status, 409)
      await one.patch(url, 4000, bytes.slice(4000))
      assert.equal((await one.complete(url, sha256Of(bytes), bytes.length)).status, 200)
    },
  },
  {
    rule: 'upload length later',
    claim: 'the length of an upload may be told with its last piece',
    run: async ({ one }) => {
      const bytes = some(3000)
      const url = await one.begin('application/pdf')
      await one.patch(url, 0, bytes.slice(0, 1000))
      await one.patch(url, 1000, bytes.slice(1000), bytes.length)
      assert.equal((await one.complete(url, sha256Of(bytes), bytes.length)).status, 200)
    },
  },
  {
    rule: 'download',
    claim: 'a document comes back byte for byte, whole and in ranges',
    run: async ({ one }) => {
      const bytes = some(6000)
      const sha256 = await one.upload(bytes)
      assert.equal(sha256Of((await one.call('GET', one.lib(`/blobs/${sha256}`))).bytes), sha256)
      const part = await one.call('GET', one.lib(`/blobs/${sha256}`), { headers: { Range: 'bytes=10-19' } })
      assert.equal(part.status, 206)
      assert.deepEqual([...part.bytes], [...bytes.slice(10, 20)])
    },
  },
]
