import { ArrowLeft } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentOptions, PageView, ScanProfile } from '../../../electron/contract/core.contract.ts'
import { attempt, offerUndo } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { dueText } from '../../app/due.ts'
import { useNow, useRoomy } from '../../app/hooks.ts'
import { useJobs } from '../../app/jobs.ts'
import { usePaste } from '../../app/paste.ts'
import { setOpen, useRoute } from '../../app/routes.ts'
import { play } from '../../app/sound.ts'
import { toast } from '../../app/toasts.ts'
import { blobUrl, core, main, takeFiles } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { AdjustBar } from './AdjustBar.tsx'
import { BigPage } from './BigPage.tsx'
import { DocumentPanel } from './DocumentPanel.tsx'
import { MovePages } from './MovePages.tsx'
import { PageStrip } from './PageStrip.tsx'
import { PageTools } from './PageTools.tsx'
import { ScanBar } from './ScanBar.tsx'
import { fitProfile } from './ScannerChoice.tsx'
import { PasswordDialog } from './PasswordDialog.tsx'
import { ScanProfileDialog } from './ScanProfileDialog.tsx'
import { ANGLE_STEP, usePageEdit } from './usePageEdit.ts'
import { usePageMarks } from './usePageMarks.ts'
import { useLockedFile } from './useLockedFile.ts'

// With it comes pdf.js, which is read when it is first needed.
const Compare = lazy(() => import('./Compare.tsx').then((module) => ({ default: module.Compare })))

const NO_PAGES: readonly PageView[] = []
/** A page may be told a moment after its job has ended. */
const JUST_NOW_MS = 4000

/** One copy request on the desk: pages left, the page in the middle, the document right. */
export function CopyDesk({ requestId }: { requestId: string }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const roomy = useRoomy()
  const detail = useCore('request.get', { id: requestId }, ['queue', 'outbox'], requestId).data
  const pagesRead = useCore('pages.list', { requestId }, ['pages'], requestId)
  const documentRead = useCore('document.get', { requestId }, ['document', 'pages'], requestId).data
  const settings = useCore('settings.get', {}, ['settings']).data
  const scanners = useCore('scanner.list', { refresh: false }, ['devices']).data
  const jobs = useJobs(requestId)
  const lockedFile = useLockedFile(jobs.failed)
  const part = useRoute((route) => route.part.copy)
  const pages = pagesRead.data?.pages ?? NO_PAGES
  const [pageId, setPageId] = useState<string | null>(null)
  const [look, setLook] = useState<'pages' | 'compare' | 'document'>('pages')
  const [options, setOptions] = useState<DocumentOptions | null>(null)
  const [profileOpen, setProfileOpen] = useState(false)
  const [side, setSide] = useState(false)
  const [dropping, setDropping] = useState(false)
  const [building, setBuilding] = useState(false)
  const [moving, setMoving] = useState(false)

  const at = Math.max(0, pages.findIndex((page) => page.id === pageId)) // prettier-ignore
  const page = pages[at]
  const edit = usePageEdit(requestId, pages, page)
  const marks = usePageMarks(pages, page)
  const { targets, pageIds } = marks
  const [setting, setSetting] = useState(false)
  const document = documentRead?.document ?? null
  const shown = options ?? documentRead?.options ?? settings?.document ?? null
  const fresh = document !== null && !document.stale && options === null
  const can = detail?.row.can ?? []
  const works = can.includes('scan') || can.includes('fulfil') || can.includes('resend')
  const scanner =
    scanners?.find((one) => one.id === settings?.scan?.scannerId) ?? (settings?.scan ? undefined : scanners?.[0])
  const profile: ScanProfile | null = settings?.scan ?? (scanner ? fitProfile(scanner, null) : null)

  // The newest page is looked at as it arrives; a document asked for from outside is shown when it is there.
  const known = useRef<{ ids: ReadonlySet<string>; scannedAt: number } | null>(null)
  useEffect(() => {
    const before = known.current
    const scannedAt = jobs.pages ? Date.now() : (before?.scannedAt ?? 0)
    known.current = { ids: new Set(pages.map((one) => one.id)), scannedAt }
    if (!before || Date.now() - scannedAt > JUST_NOW_MS) return
    const news = pages.filter((one) => !before.ids.has(one.id))
    if (news.length > 0) setPageId(news.at(-1)!.id)
  }, [pages, jobs.pages])
  const blob = document?.blob
  useEffect(() => {
    if (part === 'document' && blob && !document.stale) setLook('document')
  }, [part, blob])
  useEffect(() => {
    if (building && blob && !jobs.document) {
      setBuilding(false)
      setLook('document')
    }
  }, [building, blob, jobs.document])
  useEffect(() => {
    if (!document) setLook('pages')
  }, [document === null])

  const scan = async (insertAt: number | null, replacePage: string | null) => {
    if (!profile) return setProfileOpen(true)
    // The first scanner found becomes this desk's, so that the truth line speaks of it from now on.
    if (!settings?.scan) await attempt(() => core('settings.set', { scan: profile }))
    setLook('pages')
    await attempt(() => core('scan.start', { requestId, profile, insertAt, replacePage }))
  }
  const importFiles = async (ids: string[], password?: string) => {
    if (ids.length === 0) return
    setLook('pages')
    const input = { requestId, fileIds: ids, insertAt: null, ...(password ? { password } : {}) }
    const started = await attempt(() => core('pages.import', input))
    if (started) lockedFile.remember(started.jobId, ids)
  }
  const choose = async () => {
    const chosen = await attempt(() => main('files.open', { kind: 'pages', multiple: true }))
    if (chosen) await importFiles(chosen.files.map((file) => file.id))
  }
  const bring = async (files: File[]) => {
    const taken = await attempt(() => takeFiles(files))
    if (taken) await importFiles(taken.map((file) => file.id))
  }
  usePaste((files) => void bring(files), works)
  const drop = async (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    await bring([...event.dataTransfer.files])
  }
  /** Looks at what stands nearest to pages that go. */
  const leave = () => {
    const gone = new Set(pageIds)
    const next = pages.slice(at + 1).find((one) => !gone.has(one.id)) ?? pages.slice(0, at).findLast((one) => !gone.has(one.id)) // prettier-ignore
    marks.clear()
    setPageId(next?.id ?? null)
  }
  const rotate = (by: 90 | 270) => targets.length > 0 && void attempt(() => core('pages.rotate', { pageIds, by }))
  const remove = async () => {
    if (targets.length === 0 || !(await attempt(() => core('pages.delete', { pageIds })))) return
    leave()
    const n = pages.indexOf(targets[0]!) + 1
    const text = () =>
      targets.length === 1 ? t('copy.deleted', { n }) : t('copy.deletedMany', { count: targets.length })
    toast({ tone: 'plain', text, undo: () => void attempt(() => core('pages.undo', { requestId })), ms: 8000 })
  }
  const restore = () => attempt(() => core('pages.restore', { requestId }))
  const move = (to: number) => page && void attempt(() => core('pages.move', { pageId: page.id, to }))
  const step = (by: number) => setPageId(pages[Math.max(0, Math.min(pages.length - 1, at + by))]?.id ?? null)
  const build = async () => {
    if (!shown) return
    setBuilding(true)
    setSetting(false)
    const job = await attempt(() => core('document.build', { requestId, options: shown }))
    if (job) setOptions(null)
    else setBuilding(false)
  }
  const send = async () => {
    const acted = await attempt(() => core('document.send', { requestId }))
    if (!acted) return
    play('right')
    offerUndo(() => t('copy.sent', { title: detail?.row.title ?? requestId }), acted)
    setOpen('copy', null)
  }

  const busy = jobs.pages !== null
  // Until the scanners are known a scan could only ask which one.
  useCommand('copy.scan', () => void scan(null, null), works && !busy && (profile !== null || scanners !== undefined))
  useCommand('copy.rescan', () => void scan(null, page!.id), works && !busy && page !== undefined)
  useCommand('copy.insert', () => void scan(at + 1, null), works && !busy && page !== undefined)
  useCommand('copy.import', () => void choose(), works && !busy)
  useCommand('copy.rotate', () => rotate(90), page !== undefined)
  useCommand('copy.rotateBack', () => rotate(270), page !== undefined)
  const image = page?.kind === 'image' && look === 'pages'
  useCommand('copy.adjust', () => setSetting(!setting), image)
  useCommand('copy.turnLeft', () => edit.turnBy(-ANGLE_STEP), image)
  useCommand('copy.turnRight', () => edit.turnBy(ANGLE_STEP), image)
  useCommand('copy.crop', edit.toggleCrop, image)
  useCommand('copy.even', edit.toggleEven, image)
  useCommand('copy.split', edit.toggleSplit, image)
  useCommand('copy.resetPage', () => void edit.reset(), image)
  useCommand('copy.undo', edit.undo, (pagesRead.data?.undo ?? 0) > 0)
  useCommand('copy.select', () => marks.toggle(page!.id), page !== undefined)
  useCommand('copy.moveTo', () => setMoving(true), works && page !== undefined)
  const paused = jobs.pages?.state === 'paused' ? jobs.pages.id : null
  useCommand('copy.continue', () => void attempt(() => core('job.resume', { jobId: paused! })), paused !== null)
  useCommand('copy.delete', () => void remove(), page !== undefined)
  useCommand('copy.restore', () => void restore(), (pagesRead.data?.deleted ?? 0) > 0)
  useCommand('copy.pagePrevious', () => step(-1), pages.length > 0 && look !== 'document')
  useCommand('copy.pageNext', () => step(1), pages.length > 0 && look !== 'document')
  useCommand('copy.moveUp', () => move(at - 1), page !== undefined && at > 0)
  useCommand('copy.moveDown', () => move(at + 1), page !== undefined && at < pages.length - 1)
  useCommand('copy.look', () => setLook(look === 'pages' ? 'document' : 'pages'), document !== null)
  useCommand('copy.build', () => void build(), works && pages.length > 0 && shown !== null && !jobs.document)
  useCommand(
    'copy.send',
    () => void (fresh ? send() : build()),
    works && pages.length > 0 && !busy && !jobs.document && shown !== null,
  )

  const panel = (
    <DocumentPanel
      detail={detail}
      pages={pagesRead.data}
      document={document}
      options={shown}
      changed={options !== null}
      onOptions={setOptions}
      jobs={jobs}
      fresh={fresh}
      onCancel={(jobId) => void attempt(() => core('job.cancel', { jobId }))}
    />
  )
  return (
    <section
      className="relative grid min-h-0 grid-rows-[46px_minmax(0,1fr)]"
      aria-label={t('place.copy')}
      onDragOver={(event) => {
        event.preventDefault()
        if (!dropping) setDropping(true)
      }}
      onDragLeave={(event) => event.currentTarget === event.target && setDropping(false)}
      onDrop={(event) => void drop(event)}
    >
      <PlaceHead
        title={t('place.copy')}
        sub={
          <span title={detail?.row.title}>
            <span className="mono mr-2.5 text-ink-2">{requestId}</span>
            <span className="text-base text-ink-2">
              {detail?.row.title}
              {detail?.row.subtitle && ` · ${detail.row.subtitle}`}
            </span>
          </span>
        }
      >
        {detail && (
          <span className="flex-none">
            <UrgencyMark urgency={detail.row.urgency}>{dueText(detail.row, now, t, i18n.language)}</UrgencyMark>
          </span>
        )}
        <IconButton icon={ArrowLeft} label={t('copy.back')} onClick={() => setOpen('copy', null)} />
        {!roomy && <Button onClick={() => setSide(true)}>{t('copy.document')}</Button>}
        <CommandButton id="copy.next" />
      </PlaceHead>
      <div
        className={
          roomy ? 'grid min-h-0 grid-cols-[112px_minmax(0,1fr)_340px]' : 'grid min-h-0 grid-cols-[96px_minmax(0,1fr)]'
        }
      >
        <PageStrip
          pages={pages}
          current={page?.id ?? null}
          marked={marks.marked}
          waiting={jobs.pages}
          onPick={(id) => (setPageId(id), setLook('pages'))}
          onMark={marks.toggle}
          onMove={(id, to) => void attempt(() => core('pages.move', { pageId: id, to }))}
        />
        <div className="grid min-h-0 min-w-0 grid-rows-[44px_minmax(0,1fr)_56px]">
          <div className="flex items-center gap-1 overflow-x-auto border-b border-line bg-panel px-2.5 [scrollbar-width:none]">
            {look === 'pages' && (pages.length > 0 || (pagesRead.data?.deleted ?? 0) > 0) && (
              <PageTools deleted={pagesRead.data?.deleted ?? 0} />
            )}
            <span className="flex-1" />
            {look !== 'document' && page && (
              <span className="ell text-ink-3">
                {t('copy.pageOf', { n: at + 1, total: pages.length, dpi: page.dpi })}
              </span>
            )}
            {document && (
              <Segments
                label={t('copy.look')}
                value={look}
                options={[
                  { id: 'pages', label: t('copy.lookPages') },
                  ...(page && !document.stale ? [{ id: 'compare' as const, label: t('compare.title') }] : []),
                  { id: 'document', label: t('copy.lookDocument') },
                ]}
                onChange={setLook}
              />
            )}
          </div>
          {look === 'document' && document ? (
            <LazyPdf url={blobUrl(document.blob)} label={t('copy.lookDocument')} />
          ) : look === 'compare' && document && !document.stale && page ? (
            <Suspense>
              <Compare key={document.blob} page={page} n={at + 1} document={document} />
            </Suspense>
          ) : (
            <BigPage
              page={page}
              n={at + 1}
              job={jobs.pages}
              works={works}
              edit={setting && image ? edit : null}
              onImport={() => void choose()}
            />
          )}
          {setting && image && page ? (
            <AdjustBar page={page} edit={edit} onDone={() => setSetting(false)} />
          ) : (
            <ScanBar
              scanner={scanner}
              profile={profile}
              job={jobs.pages}
              primary={pages.length === 0 || pagesRead.data?.completeness.verdict === 'missing'}
              onProfile={() => setProfileOpen(true)}
              onCancel={(jobId) => void attempt(() => core('job.cancel', { jobId }))}
            />
          )}
        </div>
        {roomy ? (
          <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('copy.document')}>
            {panel}
          </aside>
        ) : (
          <Drawer label={t('copy.document')} open={side} onClose={() => setSide(false)}>
            {panel}
          </Drawer>
        )}
      </div>
      {lockedFile.locked && (
        <PasswordDialog
          key={jobs.failed?.id}
          file={lockedFile.locked.name}
          wrong={lockedFile.locked.wrong}
          onOpen={(password) => {
            const { id } = lockedFile.locked!
            lockedFile.dismiss()
            void importFiles([id], password)
          }}
          onClose={lockedFile.dismiss}
        />
      )}
      {moving && page && (
        <MovePages
          requestId={requestId}
          pages={pages}
          at={at}
          marked={marks.marked}
          onMoved={() => (setMoving(false), leave())}
          onClose={() => setMoving(false)}
        />
      )}
      {profileOpen && <ScanProfileDialog profile={profile} onClose={() => setProfileOpen(false)} />}
      {dropping && (
        <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-lg font-semibold text-accent">
          {t('copy.dropHere')}
        </div>
      )}
    </section>
  )
}
