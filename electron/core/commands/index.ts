/** Every command of the command line, in the order of its help. */
import { documentCommand } from '../documents/command.ts'
import { PRINTER_SETUP } from './printer-setup.ts'
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
  'printer-setup': PRINTER_SETUP,
  ...KEEPING,
}
