import type { Core, Handlers } from '../context.ts'
import type { PrintIntake } from '../workbench/print-intake.ts'
import type { ScanDesk } from '../workbench/scan-desk.ts'

const PLATFORM = { win32: 'windows', darwin: 'mac' } as const

/** Ways in beside the scanners. */
export function intakeHandlers(
  _core: Core,
  desk: ScanDesk,
  printer: PrintIntake,
): Handlers<'intake.get' | 'intake.onDesk'> {
  return {
    'intake.get': () => ({
      platform: PLATFORM[process.platform as keyof typeof PLATFORM] ?? 'linux',
      printer: printer.state(),
      last: desk.last(),
    }),
    'intake.onDesk': ({ requestId }) => {
      desk.put(requestId)
      return { ok: true }
    },
  }
}
