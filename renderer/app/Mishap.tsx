import { Component, type ReactNode } from 'react'
import i18next from 'i18next'
import { Button } from '../ui/Button.tsx'

/**
 * A fault in the drawing of one screen must not leave a blank window: it says that all work is kept (core committed it
 * before it answered) and draws the screen anew.
 */
export class Mishap extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div role="alert" className="grid h-screen place-items-center bg-paper p-6">
        <div className="grid w-full max-w-[460px] gap-4 rounded-xl border border-line bg-panel p-7 shadow-paper">
          <h1 className="text-lg font-semibold">{i18next.t('mishap.title')}</h1>
          <p className="text-ink-2">{i18next.t('trouble.kept')}</p>
          <div>
            <Button kind="primary" size="big" autoFocus onClick={() => location.reload()}>
              {i18next.t('mishap.again')}
            </Button>
          </div>
        </div>
      </div>
    )
  }
}
