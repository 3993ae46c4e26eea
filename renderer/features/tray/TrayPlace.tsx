import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueRow, TrayBundle } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { type CommandId, useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { useRoomy } from '../../app/hooks.ts'
import { usePaste } from '../../app/paste.ts'
import { go, setOpen, useRoute } from '../../app/routes.ts'
import { useScan } from '../../app/scan.ts'
import { play } from '../../app/sound.ts'
import { toast, type Said } from '../../app/toasts.ts'
import { core, main, takeFiles } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { BundleList } from './BundleList.tsx'
import { BundlePages } from './BundlePages.tsx'
import { Candidates } from './Candidates.tsx'

const NONE: readonly TrayBundle[] = []
const NO_ROWS: readonly QueueRow[] = []

/** The digit beside a candidate gives the pages to it. */
function usePick(id: CommandId, row: QueueRow | undefined, pick: (row: QueueRow) => void): void {
  useCommand(id, () => pick(row!), row !== undefined)
}

/** Pages without a request: looked at, joined, parted, and given to whom they belong with one key. */
export function TrayPlace() {
  const { t } = useTranslation()
  const roomy = useRoomy()
  const part = useRoute((route) => route.part.tray) === 'deleted' ? 'deleted' : 'waiting'
  const open = useRoute((route) => route.open.tray) ?? null
  const bundles = useCore('tray.list', { state: part }, ['tray', 'pages']).data
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [pageId, setPageId] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [side, setSide] = useState(false)

  const list = bundles ?? NONE
  const at = Math.max(0, list.findIndex((one) => one.id === open)) // prettier-ignore
  const current = list[at]
  const chosen = list.filter((one) => marked.has(one.id))
  const targets = chosen.length > 0 ? chosen : current ? [current] : []
  const ids = targets.map((one) => one.id)
  const pages = useCore('pages.list', current ? { requestId: current.id } : null, ['pages'], current?.id).data?.pages
  const candidates = useCore('tray.candidates', current && part === 'waiting' ? { bundleId: current.id, text } : null, [
    'queue',
    'tray',
  ]).data

  const step = (by: number) => {
    const next = list[Math.max(0, Math.min(list.length - 1, at + by))]
    if (next) setOpen('tray', next.id)
    setPageId(null)
  }
  const settled = (message: Said, tone: 'ok' | 'plain') => {
    const next = list[at + 1] ?? list[at - 1]
    setMarked(new Set())
    setText('')
    setPageId(null)
    setOpen('tray', next?.id ?? null)
    toast({ tone, text: message, undo: () => void attempt(() => core('tray.restore', { bundleIds: ids })), ms: 8000 })
  }
  const assign = async (to: string) => {
    const given = await attempt(() => core('tray.assign', { bundleIds: ids, to }))
    if (!given) return play('wrong')
    play('right')
    setSide(false)
    settled(() => t('tray.assigned', { count: given.pages, title: given.title }), 'ok')
  }
  const remove = async () => {
    if (await attempt(() => core('tray.delete', { bundleIds: ids })))
      settled(() => t('tray.deleted', { count: ids.length }), 'plain')
  }
  const restore = async () => {
    if (await attempt(() => core('tray.restore', { bundleIds: ids }))) setMarked(new Set())
  }
  const merge = async () => {
    if (!(await attempt(() => core('tray.merge', { bundleIds: ids })))) return
    setMarked(new Set())
    setOpen('tray', ids[0]!)
    const undo = () => void attempt(() => core('tray.restore', { bundleIds: ids.slice(1) }))
    toast({ tone: 'plain', text: () => t('tray.merged', { count: ids.length }), undo, ms: 8000 })
  }
  const split = async () => {
    const made = await attempt(() => core('tray.split', { bundleId: current!.id, pageId: pageId! }))
    if (!made) return
    setPageId(null)
    const undo = () => void attempt(() => core('tray.merge', { bundleIds: [current!.id, made.bundleId] }))
    toast({ tone: 'plain', text: () => t('tray.parted'), undo, ms: 8000 })
  }
  const choose = async () => {
    const files = await attempt(() => main('files.open', { kind: 'pages', multiple: true }))
    if (files?.files.length) await attempt(() => core('tray.import', { fileIds: files.files.map((file) => file.id) }))
  }
  const bring = async (files: File[]) => {
    const taken = await attempt(() => takeFiles(files))
    if (taken?.length) await attempt(() => core('tray.import', { fileIds: taken.map((file) => file.id) }))
  }
  usePaste((files) => void bring(files), part === 'waiting')
  const toggle = (id: string) =>
    setMarked((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })

  const waiting = part === 'waiting' && current !== undefined
  const splitAt = pages?.findIndex((page) => page.id === pageId) ?? -1
  useScan((code) => void assign(code), waiting)
  useCommand('tray.previous', () => step(-1), list.length > 0)
  useCommand('tray.next', () => step(1), list.length > 0)
  useCommand('tray.select', () => current && toggle(current.id), current !== undefined)
  useCommand('tray.assign', () => void assign(candidates![0]!.id), waiting && (candidates?.length ?? 0) > 0)
  const pick = (row: QueueRow) => void assign(row.id)
  usePick('tray.to1', waiting ? candidates?.[0] : undefined, pick)
  usePick('tray.to2', waiting ? candidates?.[1] : undefined, pick)
  usePick('tray.to3', waiting ? candidates?.[2] : undefined, pick)
  usePick('tray.to4', waiting ? candidates?.[3] : undefined, pick)
  usePick('tray.to5', waiting ? candidates?.[4] : undefined, pick)
  useCommand('tray.split', () => void split(), waiting && splitAt > 0)
  useCommand('tray.merge', () => void merge(), waiting && chosen.length > 1)
  useCommand('tray.delete', () => void remove(), waiting)
  useCommand('tray.restore', () => void restore(), part === 'deleted' && current !== undefined)
  useCommand('tray.import', () => void choose(), part === 'waiting')

  const side_ = (
    <Candidates
      rows={candidates ?? NO_ROWS}
      loading={candidates === undefined}
      text={text}
      targets={targets}
      onText={setText}
      onAssign={(id) => void assign(id)}
    />
  )
  return (
    <section
      className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]"
      aria-label={t('place.tray')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void bring([...event.dataTransfer.files])
      }}
    >
      <PlaceHead
        title={t('place.tray')}
        sub={part === 'waiting' && list.length > 0 && t('tray.figures', { count: list.length })}
      >
        <Segments
          label={t('place.tray')}
          value={part}
          options={[
            { id: 'waiting', label: t('tray.waiting') },
            { id: 'deleted', label: t('tray.bin') },
          ]}
          onChange={(next) => {
            setMarked(new Set())
            go('tray', null, next)
          }}
        />
        <ListExport order={{ list: 'tray', state: part }} title={t('place.tray')} />
        {!roomy && waiting && <Button onClick={() => setSide(true)}>{t('tray.whose')}</Button>}
        <CommandButton id="tray.import" />
      </PlaceHead>
      {bundles?.length === 0 || !current ? (
        <div className="bg-panel">
          {bundles && (
            <EmptyState icon={Inbox} title={t(part === 'waiting' ? 'tray.emptyTitle' : 'tray.binEmptyTitle')}>
              {t(part === 'waiting' ? 'tray.empty' : 'tray.binEmpty')}
            </EmptyState>
          )}
        </div>
      ) : (
        <div
          className={
            roomy && part === 'waiting'
              ? 'grid min-h-0 grid-cols-[264px_minmax(0,1fr)_340px]'
              : 'grid min-h-0 grid-cols-[264px_minmax(0,1fr)]'
          }
        >
          <BundleList
            bundles={list}
            current={current.id}
            marked={marked}
            onPick={(id) => setOpen('tray', id)}
            onMark={toggle}
          />
          <BundlePages
            bundle={current}
            pages={pages}
            pageId={pageId}
            deleted={part === 'deleted'}
            onPick={(id) => setPageId(id === pageId ? null : id)}
          />
          {part === 'waiting' &&
            (roomy ? (
              <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('tray.whose')}>
                {side_}
              </aside>
            ) : (
              <Drawer label={t('tray.whose')} open={side} onClose={() => setSide(false)}>
                {side_}
              </Drawer>
            ))}
        </div>
      )}
    </section>
  )
}
