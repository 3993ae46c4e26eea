/** A grey bar where text will appear; `w` is a CSS width. */
export function Skeleton({ w = '100%', h = 10 }: { w?: string; h?: number }) {
  return (
    <span
      aria-hidden="true"
      data-skeleton
      className="inline-block animate-breathe rounded-sm bg-line"
      style={{ width: w, height: h }}
    />
  )
}
