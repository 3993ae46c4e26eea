// A CouchDB-speaking server on a free port, as PouchDB's makers offer it; told how many rows to expect, it takes them over IPC.
import { join } from 'node:path'
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'

const Stored = PouchDB.defaults({ prefix: join(process.argv[2], '/') })
const rows = new Stored('rows')
const app = express()
const options = {
  mode: 'minimumForPouchDB',
  // On one machine packing costs more than it saves: our own desk does not ask for it there either.
  overrideMode: { exclude: ['compression'] },
  inMemoryConfig: true,
  logPath: join(process.argv[2], 'log.txt'),
}
app.use('/', expressPouch(Stored, options))
process.on('message', async (bodies) => {
  await rows.bulkDocs(bodies)
  process.send('taken')
})
const server = app.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}/rows`))
