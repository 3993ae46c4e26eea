/** What may be said on the command line or in the environment. */
import { resolve } from 'node:path'

export interface LaunchOptions {
  /** `--data DIR` or BALIS_DESK_DATA: the folder with database and blobs. */
  readonly dataDir: string | undefined
  /** `--centre URL` or BALIS_DESK_CENTRE: a central service that is not ours to start. */
  readonly centreUrl: string | undefined
  /** `--rehearsal`: own scanner and printer, also with a centre named. undefined: as remembered, else true. */
  readonly rehearsal: boolean | undefined
  /** `--language TAG`: instead of the system's. */
  readonly language: string | undefined
}

export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const value = (name: string) => {
    const at = argv.indexOf(`--${name}`)
    return at < 0 ? argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) : argv[at + 1]
  }
  const data = value('data') ?? env.BALIS_DESK_DATA
  const centreUrl = value('centre') ?? env.BALIS_DESK_CENTRE
  return {
    dataDir: data ? resolve(data) : undefined,
    centreUrl,
    rehearsal: argv.includes('--rehearsal') ? true : centreUrl ? false : undefined,
    language: value('language'),
  }
}
