/** Core as main starts it: opens as main says and serves the windows. */
import packageJson from '../../../package.json' with { type: 'json' }
import type { SystemPrinting } from '../../contract/host-link.ts'
import { recover } from '../backup/recover.ts'
import { openCoreAtOnce } from '../index.ts'
import { connectParent } from './parent-link.ts'
import { serveParent } from './serve.ts'
import { createWorkerForker } from './workers.ts'

const parent = connectParent()
if (!parent) throw new Error('this program is started by the desk; by hand use: npm run desk')

const system: SystemPrinting = {
  printers: () => parent.ask('systemPrinters', null),
  print: (order) => parent.ask('systemPrint', order),
}

await serveParent(parent, async ({ dataDir, rehearsal, centreUrl, locale, restore }) => {
  if (restore) await recover(dataDir, rehearsal, restore)
  const systemProxy = (url: string) => parent.ask('systemProxy', { url })
  const options = { dataDir, rehearsal, locale, autoSync: true, version: packageJson.version, systemProxy }
  const core = openCoreAtOnce(centreUrl ? { ...options, centreUrl } : options, createWorkerForker(parent), system)
  core.start()
  return core
})
