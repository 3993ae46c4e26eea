/**
 * Every command of the desk in one table. Buttons, the palette, tooltips, the help sheet and the keyboard all read it;
 * a screen only says what a command does while it is shown. Titles are in i18n under `command.<id>`.
 */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

export type CommandGroup = 'go' | 'app' | 'queue' | 'copy' | 'tray' | 'loan' | 'courier'
interface Spec {
  keys?: string
  /** Further chords for the same. */
  also?: readonly string[]
  /** Runs at once, without waiting to see whether a barcode scanner is typing: moving only, never changing. */
  moves?: boolean
  /** Not offered in the palette (moving about). */
  hidden?: boolean
  /** Stands in the menu of a row. */
  row?: boolean
}

export const COMMANDS = {
  'go.queue': { keys: 'Ctrl+1' },
  'go.pull': { keys: 'Ctrl+2' },
  'go.copy': { keys: 'Ctrl+3' },
  'go.tray': { keys: 'Ctrl+U' },
  'go.loan': { keys: 'Ctrl+4' },
  'go.courier': { keys: 'Ctrl+5' },
  'go.prints': { keys: 'Ctrl+6' },
  'go.refused': { keys: 'Ctrl+7' },
  'go.numbers': { keys: 'Ctrl+8' },
  'go.asking': { keys: 'Ctrl+9' },
  'go.settings': { keys: 'Ctrl+,' },
  'go.parts': {},
  'app.palette': { keys: 'Ctrl+K', hidden: true },
  'app.search': { keys: '/', also: ['Ctrl+F'], moves: true, hidden: true },
  // Before the undo of the whole desk: on the scan desk the pages come first.
  'copy.undo': { keys: 'Ctrl+Z' },
  'app.undo': { keys: 'Ctrl+Z' },
  'app.help': { keys: '?', also: ['F1'] },
  'app.syncNow': { keys: 'F9' },
  'app.switchUser': {},
  'app.lock': { keys: 'Ctrl+Shift+L' },
  'app.secondWindow': { keys: 'Ctrl+Shift+N' },
  'app.setUp': {},
  'app.practice': {},
  'app.whatsNew': {},
  'app.toggleTheme': {},
  'app.toggleLanguage': {},
  'app.zoomIn': { keys: 'Ctrl+=', also: ['Ctrl++'] },
  'app.zoomOut': { keys: 'Ctrl+-' },
  'app.zoomReset': { keys: 'Ctrl+0' },
  'queue.next': { keys: 'J', also: ['ArrowDown'], moves: true, hidden: true },
  'queue.previous': { keys: 'K', also: ['ArrowUp'], moves: true, hidden: true },
  'queue.primary': { keys: 'Enter', hidden: true, row: true },
  'queue.select': { keys: 'X', row: true },
  'queue.selectAll': { keys: 'Ctrl+A' },
  'queue.clear': { keys: 'Escape', hidden: true },
  'queue.scanOpen': { keys: 'S' },
  'queue.accept': { keys: 'A', row: true },
  'queue.claim': { keys: 'C', row: true },
  'queue.release': { keys: 'Shift+C', row: true },
  'queue.printPullSlip': { keys: 'P', row: true },
  'queue.cannotSupply': { keys: 'N', row: true },
  'queue.retryLater': { keys: 'L', row: true },
  'queue.forward': { keys: 'F', row: true },
  'queue.note': { keys: 'M', row: true },
  'queue.samePartner': { row: true },
  'queue.copyNumber': { keys: 'Ctrl+Shift+C', row: true },
  'queue.menu': { keys: 'Shift+F10', also: ['ContextMenu'], hidden: true },
  'queue.saveView': { keys: 'V' },
  'copy.scan': { keys: 'F2' },
  'copy.rescan': { keys: 'F3' },
  'copy.insert': { keys: 'Shift+F2' },
  'copy.import': { keys: 'I' },
  'copy.rotate': { keys: 'R' },
  'copy.rotateBack': { keys: 'Shift+R' },
  'copy.adjust': { keys: 'E' },
  'copy.turnLeft': { keys: '[' },
  'copy.turnRight': { keys: ']' },
  'copy.crop': { keys: 'C' },
  'copy.even': { keys: 'L' },
  'copy.split': { keys: 'D' },
  'copy.resetPage': { keys: 'Shift+E' },
  'copy.batch': { keys: 'F4' },
  'copy.continue': { keys: 'F8' },
  'copy.delete': { keys: 'Delete' },
  'copy.restore': { keys: 'Shift+Delete' },
  'copy.pagePrevious': { keys: 'ArrowUp', also: ['K'], moves: true, hidden: true },
  'copy.pageNext': { keys: 'ArrowDown', also: ['J'], moves: true, hidden: true },
  'copy.moveUp': { keys: 'Alt+ArrowUp' },
  'copy.moveDown': { keys: 'Alt+ArrowDown' },
  'copy.select': { keys: 'X' },
  'copy.moveTo': { keys: 'M' },
  'copy.look': { keys: ' ' },
  'copy.build': { keys: 'Ctrl+B' },
  'copy.send': { keys: 'Ctrl+Enter' },
  'copy.next': { keys: 'Ctrl+ArrowDown' },
  'tray.assign': { keys: 'Enter' },
  'tray.to1': { keys: '1', hidden: true },
  'tray.to2': { keys: '2', hidden: true },
  'tray.to3': { keys: '3', hidden: true },
  'tray.to4': { keys: '4', hidden: true },
  'tray.to5': { keys: '5', hidden: true },
  'tray.previous': { keys: 'ArrowUp', also: ['K'], moves: true, hidden: true },
  'tray.next': { keys: 'ArrowDown', also: ['J'], moves: true, hidden: true },
  'tray.select': { keys: 'X' },
  'tray.split': { keys: 'S' },
  'tray.merge': { keys: 'M' },
  'tray.delete': { keys: 'Delete' },
  'tray.restore': { keys: 'Shift+Delete' },
  'tray.import': { keys: 'I' },
  'loan.printSlip': { keys: 'P' },
  'loan.pile': { keys: 'B' },
  'loan.next': { keys: 'Ctrl+ArrowDown' },
  'courier.pack': {},
  'courier.returns': {},
  'courier.closeBag': { keys: 'B' },
  'courier.closeManifest': { keys: 'Ctrl+Enter' },
  'courier.handOver': { keys: 'Ctrl+Enter' },
} as const satisfies Record<string, Spec>

export type CommandId = keyof typeof COMMANDS
export const COMMAND_IDS = Object.keys(COMMANDS) as CommandId[]

/** Keys that a person of this desk chose; '' takes a command's key away. */
export const useChosenKeys = create<{ keys: Readonly<Record<string, string>> }>(() => ({ keys: {} }))

/** The table's line for a command, with the keys it has at this desk. */
export function spec(id: CommandId): Spec {
  const usual: Spec = COMMANDS[id]
  const chosen = useChosenKeys.getState().keys[id]
  if (chosen === undefined) return usual
  const { keys: _keys, also: _also, ...rest } = usual
  return chosen === '' ? rest : { ...rest, keys: chosen }
}

/** What a command has before anybody chose. */
export const usualKeys = (id: CommandId): string => (COMMANDS[id] as Spec).keys ?? ''

type Run = () => void
type Handler = { readonly current: Run }
interface Active {
  /** The handlers of screens now shown; of several for one command the newest counts. */
  handlers: ReadonlyMap<CommandId, readonly Handler[]>
}
export const useActive = create<Active>(() => ({ handlers: new Map() }))

/** The handler of a command now, or undefined when it makes no sense here. */
export function handlerOf(id: CommandId): Run | undefined {
  return useActive.getState().handlers.get(id)?.at(-1)?.current
}

/** Runs a command. @returns false when it makes no sense now */
export function run(id: CommandId): boolean {
  const handler = handlerOf(id)
  handler?.()
  return handler !== undefined
}

/** Says what a command does while this component is shown; `enabled` false takes it away. */
export function useCommand(id: CommandId, handler: Run, enabled = true): void {
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => {
    if (!enabled) return
    const entry = {
      get current() {
        return latest.current
      },
    }
    const change = (edit: (list: readonly Handler[]) => Handler[]) =>
      useActive.setState(({ handlers }) => ({ handlers: new Map(handlers).set(id, edit(handlers.get(id) ?? [])) }))
    change((list) => [...list, entry])
    return () => change((list) => list.filter((other) => other !== entry))
  }, [id, enabled])
}

/** True while the command can be run. */
export function useEnabled(id: CommandId): boolean {
  return useActive((active) => (active.handlers.get(id)?.length ?? 0) > 0)
}
