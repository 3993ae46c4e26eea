/** Checks of the sources as a whole. Each resolves to an exit code. */
import { runTool } from './tool.mjs'

const SOURCES = ['electron', 'db', 'renderer', 'build', 'tests']
/** Unchanged files are not looked at again. */
const CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', 'out/stamps/prettier.json']
const FORMATTED = `{${SOURCES.join(',')}}/**/*.{ts,tsx,mjs,js,css,json}`

export const typecheck = () => runTool('typescript', ['-p', 'tsconfig.json'])
export const lint = () => runTool('oxlint', ['-c', 'build/oxlint.json', '--deny-warnings', ...SOURCES])
export const checkFormat = () =>
  runTool('prettier', ['--config', 'build/prettier.json', '--log-level', 'warn', ...CACHE, '--check', FORMATTED])
export const format = () =>
  runTool('prettier', ['--config', 'build/prettier.json', '--log-level', 'warn', ...CACHE, '--write', FORMATTED])
