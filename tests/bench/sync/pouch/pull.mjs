// A first replication into an empty PouchDB on the disk: prints the seconds it took and the rows that stand there.
import { join } from 'node:path'
import PouchDB from 'pouchdb'

const [, , folder, url] = process.argv
const local = new PouchDB(join(folder, 'local'))
const began = performance.now()
await local.replicate.from(url, { batch_size: 500 })
const seconds = (performance.now() - began) / 1000
const { doc_count: rows } = await local.info()
await local.close()
console.log(JSON.stringify({ seconds, rows }))
