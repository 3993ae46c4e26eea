/** Core as main starts it: opens as main says and serves the windows. */
import type { SystemPrinting } from '../../contract/host-link.ts'
import { goBack } from '../backup/go-back.ts'
import { recover } from '../backup/recover.ts'
import { openCoreAtOnce } from '../index.ts'
import { readMachine } from '../fleet/machine.ts'
import { packageInfo } from '../update/package-info.ts'
import { giveBackWhenIdle } from './idle-memory.ts'
import { connectParent } from './parent-link.ts'
import { appVersion } from './places.ts'
import { serveParent } from './serve.ts'
import { createWorkerForker } from './workers.ts'

const parent = connectParent()
if (!parent) throw new Error('this program is started by the desk; by hand use: npm run desk')

const system: SystemPrinting = {
  printers: () => parent.ask('systemPrinters', null),
  print: (order) => parent.ask('systemPrint', order),
}

await serveParent(
  parent,
  async ({ dataDir, within, rehearsal, centreUrl, locale, restore, packageKind, goneBackFrom, machineFile }) => {
    if (goneBackFrom) await goBack(dataDir, rehearsal, goneBackFrom)
    if (restore) await recover(dataDir, rehearsal, restore)
    const machine = readMachine(machineFile)
    const systemProxy = (url: string) => parent.ask('systemProxy', { url })
    const options = {
      ...{ dataDir, rehearsal, locale, autoSync: true, version: appVersion(), systemProxy },
      updates: packageInfo(packageKind, machine.file.updates),
      machine,
      ...(within ? { within } : {}),
      ...(centreUrl ? { centreUrl } : {}),
      ...(goneBackFrom ? { goneBackFrom } : {}),
    }
    const core = openCoreAtOnce(options, createWorkerForker(parent), system)
    core.start()
    giveBackWhenIdle(() => core.core.db.pragma('shrink_memory'))
    return core
  },
)
