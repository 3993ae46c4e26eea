/** Checks of the sources as a whole. Each resolves to an exit code. */
import { runTool } from './tool.mjs'

const SOURCES = ['electron', 'db', 'renderer', 'build', 'tests']
const FORMATTED = `{${SOURCES.join(',')}}/**/*.{ts,tsx,mjs,js,css,json}`

export const typecheck = () => runTool('typescript', ['-p', 'tsconfig.json'])
export const lint = () => runTool('oxlint', ['-c', 'build/oxlint.json', '--deny-warnings', ...SOURCES])
export const checkFormat = () =>
  runTool('prettier', ['--config', 'build/prettier.json', '--log-level', 'warn', '--check', FORMATTED])
export const format = () =>
  runTool('prettier', ['--config', 'build/prettier.json', '--log-level', 'warn', '--write', FORMATTED])
