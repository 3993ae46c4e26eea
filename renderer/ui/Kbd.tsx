import { cx } from './cx.ts'

const GLYPHS: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Delete: 'Del',
  Escape: 'Esc',
}

/** A key or chord as printed on the keyboard: `Ctrl+K` reads "Ctrl K". */
export function Kbd({ keys, onAccent }: { keys: string; onAccent?: boolean }) {
  const text = keys
    .split(/\+(?=.)/)
    .map((key) => GLYPHS[key] ?? (key === ' ' ? 'Space' : key))
    .join(' ')
  return (
    <kbd
      aria-hidden="true"
      className={cx(
        'inline-block rounded-sm border border-b-2 px-[5px] font-mono text-2xs leading-[15px] font-normal',
        onAccent ? 'border-current/45 text-inherit' : 'border-line-2 bg-panel text-ink-3',
      )}
    >
      {text}
    </kbd>
  )
}
