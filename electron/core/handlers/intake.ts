import type { intakeMethods } from '../../contract/core.contract.ts'
import type { Certificates } from '../devices/certificates.ts'
import type { Handlers } from '../context.ts'
import type { FolderIntake } from '../workbench/folder-intake.ts'
import type { GrantedFiles } from '../workbench/granted-files.ts'
import type { PrintIntake } from '../workbench/print-intake.ts'
import type { ScanDesk } from '../workbench/scan-desk.ts'

const done = { ok: true } as const
const PLATFORM = { win32: 'windows', darwin: 'mac' } as const

/** Ways in beside the scanners. */
export function intakeHandlers(
  desk: ScanDesk,
  printer: PrintIntake,
  folders: FolderIntake,
  files: GrantedFiles,
  certificates: Certificates,
): Handlers<keyof typeof intakeMethods> {
  return {
    'intake.get': () => ({
      platform: PLATFORM[process.platform as keyof typeof PLATFORM] ?? 'linux',
      printer: printer.state(),
      folders: folders.views(),
      last: desk.last(),
    }),
    'scanner.certificates': () => certificates.list(),
    'scanner.trust': ({ server, fingerprint }) => {
      certificates.trust(server, fingerprint)
      return done
    },
    'scanner.forget': ({ server }) => {
      certificates.forget(server)
      return done
    },
    'intake.addFolder': ({ folderId }) => {
      folders.add(files.take([folderId])[0]!)
      return done
    },
    'intake.setFolder': ({ id, ...change }) => {
      folders.change(id, change)
      return done
    },
    'intake.removeFolder': ({ id }) => {
      folders.remove(id)
      return done
    },
    'intake.onDesk': ({ requestId }) => {
      desk.put(requestId)
      return done
    },
  }
}
