import { type ButtonHTMLAttributes, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../ui/cx.ts'
import { fold } from '../../ui/Highlight.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Article } from './Article.tsx'
import { textOf } from './markdown.ts'
import { readGuides, targetOf, type Guide, type GuideId, type GuideLanguage } from './pages.ts'

/** The guides in the window's language, null while they are read. */
export function useGuides(): Guide[] | null {
  const language: GuideLanguage = useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
  const [guides, setGuides] = useState<Guide[] | null>(null)
  useEffect(() => {
    let live = true
    void readGuides(language).then((read) => live && setGuides(read))
    return () => void (live = false)
  }, [language])
  return guides
}

/** What of the guides holds every word of a search; everything where nothing is searched for. */
export function found(guides: readonly Guide[] | null, words: readonly string[]): Guide[] {
  return (guides ?? [])
    .map((guide) => ({
      ...guide,
      sections: guide.sections.filter((section) => {
        const text = fold(`${guide.title} ${textOf(section)}`)
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter(({ sections }) => sections.length > 0)
}

/** Guides for those who look after desks, build the centre or work on the program: one at a time, or what a search found. */
export function Guides({ guides, query }: { guides: readonly Guide[]; query: string }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<GuideId>('administrator')
  const [wanted, setWanted] = useState<string | null>(null)
  const reading = useRef<HTMLDivElement>(null)
  const shown = guides.find(({ id }) => id === chosen) ?? guides[0]
  useEffect(() => {
    if (wanted === null) return
    const sections = [...(reading.current?.querySelectorAll<HTMLElement>('[data-guide-section]') ?? [])]
    sections.find(({ dataset }) => dataset['guideSection'] === wanted)?.scrollIntoView({ block: 'start' })
    setWanted(null)
  }, [wanted, shown])
  if (!shown) return <Skeleton />
  const open = (guide: GuideId, section = '') => {
    setChosen(guide)
    setWanted(section)
  }
  return (
    <div className="grid gap-x-6 gap-y-3 min-[760px]:grid-cols-[200px_minmax(0,1fr)]">
      <nav
        aria-label={t('help.guides')}
        className="grid content-start gap-px self-start min-[760px]:sticky min-[760px]:top-0"
      >
        {guides.map((guide) => (
          <div key={guide.id} className="grid gap-px">
            <Entry now={guide.id === shown.id} onClick={() => open(guide.id)} data-guide={guide.id}>
              {guide.title}
            </Entry>
            {guide.id === shown.id &&
              guide.sections
                .filter(({ level }) => level === 2)
                .map(({ id, title }) => (
                  <Entry key={id} under onClick={() => open(guide.id, id)}>
                    {title}
                  </Entry>
                ))}
          </div>
        ))}
      </nav>
      <div ref={reading} data-guide-shown={shown.id} className="grid min-w-0 content-start gap-3">
        {shown.sections.map((section) => (
          <Article
            key={section.id}
            section={section}
            query={query}
            leads={(to) => targetOf(to, shown.id) !== null}
            follow={(to) => {
              const target = targetOf(to, shown.id)
              if (target) open(target.guide, target.section)
            }}
          />
        ))}
      </div>
    </div>
  )
}

function Entry({
  now = false,
  under = false,
  ...rest
}: { now?: boolean; under?: boolean } & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button
      type="button"
      aria-current={now ? 'page' : undefined}
      className={cx(
        'rounded-md py-1 pr-2 text-left hover:bg-hover',
        under ? 'pl-5 text-sm text-ink-2' : 'pl-2',
        now && 'bg-accent-soft font-semibold text-accent',
      )}
      {...rest}
    />
  )
}
