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
): Handlers<'intake.get' | 'intake.onDesk' | 'intake.addFolder' | 'intake.setFolder' | 'intake.removeFolder'> {
  return {
    'intake.get': () => ({
      platform: PLATFORM[process.platform as keyof typeof PLATFORM] ?? 'linux',
      printer: printer.state(),
      folders: folders.views(),
      last: desk.last(),
    }),
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
