/** How the commands that keep the desk's data are called; what they do is in safety.ts. */
import { EXIT, PROOF, type Command, type OpenCommand } from './command.ts'
import { restoreCommand, SAFETY_COMMANDS, type SafetyValues } from './safety.ts'

const open = (name: string, described: Omit<OpenCommand, 'run'>): Command => ({
  ...described,
  run: (running, values, words) => SAFETY_COMMANDS[name]!(running, values as SafetyValues, words),
})

export const KEEPING: Readonly<Record<string, Command>> = {
  backup: open('backup', {
    synopsis: '[--to DIR] [--list]',
    summary: 'copy database and files now',
    about: 'Beside the database, or into a folder such as a USB stick. What is copied is encrypted as the database is.',
    options: { to: { value: 'DIR', about: 'another place' }, list: { about: 'the backups that are there' } },
    exits: { [EXIT.notWell]: 'files were missing; --list: there is none' },
  }),
  restore: {
    synopsis: '--backup ID|latest [--from DIR] | --list',
    summary: 'put a backup in place of a database that cannot be used',
    about:
      'What can still be read of the old database is taken over. The desk must be closed. On another computer the recovery key is read from BALIS_DESK_RECOVERY_KEY.',
    options: {
      backup: { value: 'ID', about: 'as --list tells it, or latest' },
      from: { value: 'DIR', about: 'where the backups lie, when not beside the database' },
      list: { about: 'the backups that are there' },
    },
    exits: { [EXIT.notWell]: 'restored; files are missing, or not all of the old database could be read' },
    runClosed: ({ dataDir }, values) => restoreCommand(dataDir, values as SafetyValues),
  },
  export: open('export', {
    synopsis: '--to DIR --staff ID',
    summary: 'everything as readable files (holds readers’ data)',
    about: 'Tables and files that need no program of ours. For supervisors; that it was done stands in the trail.',
    options: { to: { value: 'DIR', about: 'a folder to write a folder into' }, ...PROOF },
    exits: { [EXIT.notWell]: 'done; files were missing' },
  }),
  audit: open('audit', {
    synopsis: 'verify | export [--out FILE] --staff ID',
    words: true,
    summary: 'check the trail of who did what, or write it out as CSV',
    about:
      'verify holds every entry against the one before it and the trail’s end against the ends that backups noted.',
    options: { out: { value: 'FILE', about: 'a file that is not there yet; else standard output' }, ...PROOF },
    exits: { [EXIT.notWell]: 'verify: an entry does not fit' },
  }),
  support: open('support', {
    synopsis: '[--out FILE]',
    summary: 'what a technician needs, without personal data',
    about: 'Versions, the check-up and a thinned log, as JSON that can be read before it is sent.',
    options: { out: { value: 'FILE', about: 'a file that is not there yet' } },
  }),
  purge: open('purge', {
    synopsis: '--staff ID',
    summary: 'let readers’ data of long ended requests go now',
    about: 'It happens by itself every day. In backups too.',
    options: PROOF,
  }),
}
