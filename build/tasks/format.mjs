/** `npm run format` */
import { format } from './support/checks.mjs'

process.exit(await format())
