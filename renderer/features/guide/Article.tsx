import { Highlight } from '../../ui/Highlight.tsx'
import type { Block, Inline, Section } from './markdown.ts'
import { pictureUrl } from './pages.ts'

interface Reading {
  /** What was searched for, marked. */
  query: string
  /** Whether a link leads somewhere in the window. */
  leads: (to: string) => boolean
  follow: (to: string) => void
}

/** One section of a guide. */
export function Article({ section, ...reading }: Reading & { section: Section }) {
  const Heading = section.level > 2 ? 'h4' : 'h3'
  return (
    <section data-guide-section={section.id} className="grid min-w-0 scroll-mt-3 gap-2">
      {section.level > 1 && (
        <Heading className={section.level > 2 ? 'font-semibold' : 'mt-3 text-md font-semibold'}>
          <Highlight text={section.title} query={reading.query} />
        </Heading>
      )}
      {section.blocks.map((block, nth) => (
        <BlockView key={nth} block={block} {...reading} />
      ))}
    </section>
  )
}

function BlockView({ block, ...reading }: Reading & { block: Block }) {
  if (block.kind === 'paragraph')
    return (
      <p className="text-ink-2">
        <Words of={block.text} {...reading} />
      </p>
    )
  if (block.kind === 'code')
    return (
      <pre
        tabIndex={0}
        className="overflow-x-auto rounded-md border border-line bg-panel-2 px-3 py-2 font-mono text-sm text-ink"
      >
        <Highlight text={block.text} query={reading.query} />
      </pre>
    )
  if (block.kind === 'picture') {
    const url = pictureUrl(block.file)
    return url ? (
      <img src={url} alt={block.alt} loading="lazy" className="w-full rounded-md border border-line shadow-paper" />
    ) : null
  }
  if (block.kind === 'table') return <Table block={block} {...reading} />
  const items = block.items.map((item, nth) => (
    <li key={nth}>
      <Words of={item} {...reading} />
    </li>
  ))
  return block.ordered ? (
    <ol className="grid list-decimal gap-1.5 pl-5 text-ink-2">{items}</ol>
  ) : (
    <ul className="grid list-disc gap-1.5 pl-5 text-ink-2">{items}</ul>
  )
}

function Table({ block, ...reading }: Reading & { block: Extract<Block, { kind: 'table' }> }) {
  return (
    <div className="overflow-x-auto" tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line-2 text-left">
            {block.head.map((cell, nth) => (
              <th key={nth} className="py-1 pr-3 font-semibold">
                <Words of={cell} {...reading} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, nth) => (
            <tr key={nth} className="border-b border-line align-top text-ink-2">
              {row.map((cell, at) => (
                <td key={at} className="py-1 pr-3 wrap-anywhere">
                  <Words of={cell} {...reading} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Words({ of, query, leads, follow }: Reading & { of: readonly Inline[] }) {
  return of.map((inline, nth) => {
    const text = <Highlight key={nth} text={inline.text} query={query} />
    if (inline.kind === 'text') return text
    if (inline.kind === 'strong')
      return (
        <strong key={nth} className="font-semibold text-ink">
          {text}
        </strong>
      )
    if (inline.kind === 'link' && leads(inline.to))
      return (
        <button key={nth} type="button" className="text-accent underline" onClick={() => follow(inline.to)}>
          {text}
        </button>
      )
    return (
      <code key={nth} className="rounded-[3px] bg-panel-2 px-1 font-mono text-sm wrap-anywhere text-ink">
        {text}
      </code>
    )
  })
}
