import type { PageView } from '../../../electron/contract/core.contract.ts'
import { keptBox } from '../../../electron/contract/core/kept-box.ts'
import { PageImage } from './PageImage.tsx'

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 }

/** Shown at least, as a share: an edge drawn over the other must stay where it can be seized. */
const SLIVER = 0.002

function keptOf({ adjust }: Pick<PageView, 'adjust'>): Box {
  const box = keptBox(adjust)
  return { ...box, width: Math.max(SLIVER, box.width), height: Math.max(SLIVER, box.height) }
}

/** Size in the page's own pixels of the turned picture, and of what remains of it. */
export function sizesOf(page: PageView): { wide: number; tall: number; kept: { wide: number; tall: number } } {
  const quarter = page.rotate % 180 !== 0
  const [wide, tall] = quarter ? [page.height, page.width] : [page.width, page.height]
  const box = keptOf(page)
  return { wide, tall, kept: { wide: box.width * wide, tall: box.height * tall } }
}

/**
 * A page as it will be sent: turned, straightened and cut, from the picture of the untouched page. `scale` is screen pixels
 * per page pixel; `whole` shows also what is cut off (for setting it).
 */
export function AdjustedImage({
  page,
  scale,
  small,
  whole,
  label,
}: {
  page: PageView
  scale: number
  small?: boolean
  whole?: boolean
  label: string
}) {
  const { wide, tall } = sizesOf(page)
  const box = whole ? WHOLE : keptOf(page)
  const [width, height] = [wide * scale, tall * scale]
  const quarter = page.rotate % 180 !== 0
  return (
    <span
      className="relative block overflow-hidden bg-white"
      style={{ width: Math.max(1, box.width * width), height: Math.max(1, box.height * height) }}
    >
      <span
        className="absolute block"
        style={{
          width,
          height,
          left: -box.left * width,
          top: -box.top * height,
          transform: page.adjust.angleDeg === 0 ? undefined : `rotate(${page.adjust.angleDeg}deg)`,
        }}
      >
        <PageImage
          page={page}
          {...(small ? { small } : {})}
          width={quarter ? height : width}
          height={quarter ? width : height}
          label={label}
          className="absolute top-1/2 left-1/2 max-w-none"
          transform={`translate(-50%, -50%) rotate(${page.rotate}deg)`}
        />
      </span>
    </span>
  )
}
