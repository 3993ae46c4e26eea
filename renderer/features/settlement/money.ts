/** Money is whole fen inside and yuan on the screen. */
export const yuan = (fen: number | null): string => (fen === null ? '—' : (fen / 100).toFixed(2))
export const kilos = (grams: number | null): string => (grams === null ? '—' : `${(grams / 1000).toFixed(1)} kg`)

/** "12.5" as 1250; null for what is no amount. */
export function fenOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 1_000_000
    ? Math.round(value * 100)
    : null
}
