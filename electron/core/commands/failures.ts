/** What a person at the command line can do about a failure; the window says the same in its own languages. */
import type { ErrorCode } from '../../contract/errors.ts'

const FAILURES: Partial<Record<ErrorCode, string>> = {
  offline: 'The centre cannot be reached. Actions wait and are sent by the next sync.',
  portal:
    'Something on the way answers in the centre’s place, such as a sign-in page of the network. Sign in there first.',
  sign_in_needed: 'Nobody is signed in whom the centre knows: desk sign-in --staff ID.',
  not_enrolled: 'This desk is not known to a centre yet: desk enrol --url URL --code CODE --name NAME.',
  enrol_code_wrong: 'The code is wrong or has run out. Ask the centre or a supervisor for a new one.',
  insecure_centre: 'A centre on another computer is reached by https only.',
  wrong_password: 'Wrong name or password.',
  not_allowed: 'The person at this desk may not do that, or the desk’s rules refuse it.',
  disk_full: 'The disk is full and this step was not saved. Make room and try again.',
  read_only: 'The data folder cannot be written. Look at its permissions and at what protects the disk.',
  database_newer: 'The data come from a newer version. Update the program; nothing was changed.',
  database_damaged: 'The database is damaged: desk restore --backup latest puts the newest backup in its place.',
  database_missing:
    'The database is gone, though this desk was used before: desk restore --backup latest brings it back.',
  data_folder_in_use: 'Another desk uses this data folder. Close its window first.',
  network_share:
    'The data folder lies on a network share, where a database is not safe. Put it on a disk of this computer.',
  roaming_profile:
    'The data folder lies in the roaming profile, which is copied to a server. Put it on a disk of this computer.',
  data_folder_wrong:
    'There can be no data folder here: the place takes no files, or it is a folder of everybody. Name one of its own with --data.',
  key_missing:
    'The key of the database is gone. Its written form in BALIS_DESK_RECOVERY_KEY lets desk restore open a backup.',
  recovery_key_wrong: 'This recovery key is not right; compare it group by group. Nothing was changed.',
  backup_unusable: 'This backup cannot be read. Choose an older one.',
}

/** @returns a line for people, empty where the code says it all */
export const inWords = (code: string): string => {
  const text = FAILURES[code as ErrorCode]
  return text === undefined ? '' : `${text}\n`
}
