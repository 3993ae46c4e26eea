/**
 * Processes that main starts, behind one interface with two hosts: Electron's utility process where its Node loads
 * today's addons (Node-API 10), else a child process of the project's Node (the rehearsal runtime).
 */
import type { MessagePortMain } from 'electron'
import { startNodeProcess } from './node-process.ts'
import { startUtilityProcess } from './utility-process.ts'

export interface ProgramOptions {
  /** Shown by the system's task manager. */
  readonly name: string
  /** A file of out/app. */
  readonly program: string
  readonly args?: readonly string[]
  readonly execArgv?: readonly string[]
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>
}

export interface HostedProcess {
  readonly pid: number
  /** Sends plain JSON, and a port where `carriesPorts`. */
  send(message: unknown, port?: MessagePortMain): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once, with the exit code, or -1 when a signal ended it or it never ran. */
  onExit(listener: (code: number) => void): void
  /** Ends it at once. */
  kill(): void
  /** Whether a real port may go along with a message; otherwise its messages must be relayed. */
  readonly carriesPorts: boolean
}

/** @returns the process once it runs */
export type StartProcess = (options: ProgramOptions) => Promise<HostedProcess>

const LEAST_NODE_API = 10

export const startProcess: StartProcess =
  Number(process.versions.napi ?? 0) >= LEAST_NODE_API ? startUtilityProcess : startNodeProcess
