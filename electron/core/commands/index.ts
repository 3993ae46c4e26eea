/** Every command of the command line, in the order of its help. */
import { DESK_PRINTER_PORT } from '../printing/ipp-server/queue-setup.ts'
import { documentCommand } from '../documents/command.ts'
import { printerSetupCommand } from '../printing/ipp-server/setup-command.ts'
import { EXIT, type Command } from './command.ts'
import { DEVICES } from './devices.ts'
import { EVERYDAY } from './everyday.ts'
import { KEEPING } from './keeping.ts'
import { REPORT } from './report.ts'
import { SETTINGS } from './settings.ts'

export const COMMANDS: Readonly<Record<string, Command>> = {
  ...EVERYDAY,
  ...DEVICES,
  report: REPORT,
  document: {
    synopsis: 'INPUT... --out FILE [...] | --verify FILE',
    summary: 'make one PDF of images and PDFs, or hold a delivered PDF against its footers',
    about: 'Needs no desk. desk document --help tells every option of stamps, profiles, budget and text layer.',
    exits: { [EXIT.done]: 'made, or the footers hold', [EXIT.usage]: 'refused, failed, or they do not hold' },
    runOwn: (argv) => documentCommand(argv),
  },
  ...SETTINGS,
  'printer-setup': {
    synopsis: '[--run] [--remove] [--port N] [--json]',
    summary: 'make the desk a printer of this system',
    about: 'Prints the one command that adds the desk’s printer to CUPS or Windows; --run runs it.',
    options: {
      run: { about: 'run it (an administrator’s right on most systems)' },
      remove: { about: 'take the printer away again' },
      port: { value: 'N', about: `the port the desk listens on; else the one it used last, or ${DESK_PRINTER_PORT}` },
    },
    exits: { [EXIT.done]: 'done', [EXIT.usage]: 'wrong use; with --run the system’s own code' },
    runOwn: (argv, dataDir) => printerSetupCommand(argv, dataDir),
  },
  ...KEEPING,
}
