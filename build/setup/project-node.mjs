/** Node >= 22.14 for everything after set-up: the database addon needs Node-API 10 and crashes older ones. */
import { existsSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { projectNode } from './places.mjs'
import { SetupStop } from './say.mjs'

const LEAST = [22, 18]

/** @param {string} version such as v24.21.0 */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number)
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])
}

/** The Node that tasks run under: the project's, else the person's own when it is new enough. */
export function nodeForTasks() {
  if (existsSync(projectNode())) return projectNode()
  if (isNewEnough(process.version)) return process.execPath
  throw new SetupStop(
    `No Node for ${process.platform}-${process.arch} came with the packages and the running ${process.version} is too old.`,
    `install Node >= ${LEAST.join('.')} from https://nodejs.org and run the command again`,
  )
}

export function requireProjectNode() {
  const node = nodeForTasks()
  const windows = process.platform === 'win32'
  const { stdout, error } = spawnSync(node, ['--version'], { encoding: 'utf8', shell: windows })
  if (error || !isNewEnough(String(stdout).trim()))
    throw new SetupStop(`The project's Node does not run: ${error ?? stdout}`)
}
