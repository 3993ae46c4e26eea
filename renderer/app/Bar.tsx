import { Command as CommandIcon, Search, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CoreOut } from '../host.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { spec } from './commands.ts'
import { libraryName } from './format.ts'
import { go, setSearch, useRoute } from './routes.ts'
import { openOverlay } from './windows.ts'

/** On top: who we are, one search for everything, commands, who sits here. */
export function Bar({ hello }: { hello: CoreOut<'app.hello'> | undefined }) {
  const { t, i18n } = useTranslation()
  const search = useRoute((route) => route.search)
  const place = useRoute((route) => route.place)
  const input = useRef<HTMLInputElement>(null)
  // Half a word in an input method is not looked for: the list would jump with every letter of its pinyin.
  const [composing, setComposing] = useState<string | null>(null)
  const library = hello?.desk?.library
  const ours = library && libraryName(library, i18n.language)
  const type = (text: string) => {
    setSearch(text)
    if (text && place !== 'queue') go('queue')
  }
  return (
    <header className="col-span-2 flex min-w-0 items-center gap-3.5 border-b border-line bg-panel px-3.5">
      <div className="flex w-auto flex-none items-center gap-[9px] text-md font-semibold min-[1000px]:w-[174px]">
        <span
          aria-hidden="true"
          className="grid size-6 flex-none place-items-center rounded-sm bg-seal text-[13px] leading-none font-bold text-seal-ink"
        >
          馆
        </span>
        <span className="whitespace-nowrap max-[999px]:sr-only">{t('app.name')}</span>
      </div>
      <div
        role="search"
        className="flex h-8 max-w-[520px] min-w-32 flex-4 items-center gap-2 rounded-md border border-line-2 bg-panel-2 px-2.5 focus-within:border-accent focus-within:bg-panel"
      >
        <Search aria-hidden="true" size={16} className="flex-none text-ink-3" />
        <input
          ref={input}
          data-search
          type="text"
          inputMode="search"
          value={composing ?? search}
          onChange={(event) => {
            if ((event.nativeEvent as InputEvent).isComposing) setComposing(event.target.value)
            else type(event.target.value)
          }}
          onCompositionEnd={(event) => {
            setComposing(null)
            type(event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') {
              if (search) setSearch('')
              else event.currentTarget.blur()
            } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
              event.preventDefault()
              document.querySelector<HTMLElement>('main [role="grid"]')?.focus()
            }
          }}
          placeholder={t('app.searchHint')}
          aria-label={t('app.search')}
          className="min-w-0 flex-1 border-0 bg-transparent text-ellipsis outline-none"
        />
        {search ? (
          <button
            type="button"
            aria-label={t('queue.clearSearch')}
            onClick={() => setSearch('')}
            className="text-ink-3 hover:text-ink"
          >
            <X aria-hidden="true" size={14} />
          </button>
        ) : (
          <Kbd keys="/" />
        )}
      </div>
      <span className="flex-1" />
      {hello?.rehearsal && (
        <button
          type="button"
          onClick={() => openOverlay('practice')}
          className="flex-none rounded-sm bg-amber-soft px-2 py-0.5 text-sm text-amber hover:underline max-[1099px]:hidden"
          title={t('app.rehearsalHint')}
        >
          {t('app.rehearsal')}
        </button>
      )}
      <button
        type="button"
        onClick={() => openOverlay('palette')}
        data-action="palette"
        className="flex h-[30px] flex-none items-center gap-[7px] rounded-md px-2.5 text-ink-2 hover:bg-hover hover:text-ink"
      >
        <CommandIcon aria-hidden="true" size={15} className="min-[900px]:hidden" />
        <span className="max-[899px]:sr-only">{t('app.commands')}</span>
        {spec('app.palette').keys && <Kbd keys={spec('app.palette').keys!} />}
      </button>
      <button
        type="button"
        onClick={() => openOverlay('signIn')}
        title={[hello?.me?.name, ours, hello?.desk?.name].filter(Boolean).join(' · ')}
        className="flex h-[34px] min-w-0 items-center gap-2 rounded-md px-1.5 text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Avatar name={hello?.me?.name ?? '?'} />
        <span className="ell max-w-[340px] min-w-0 max-[1099px]:sr-only">
          {hello?.me?.name ?? t('signIn.nobody')}
          {ours && ` · ${ours}`}
        </span>
      </button>
    </header>
  )
}
