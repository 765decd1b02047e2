import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  isOpen: boolean
  onClose: () => void
  title: ReactNode
  children: ReactNode
  /** Buttons, the primary one last. */
  acts?: ReactNode
}

function Panel(props: Props & { className: string; isTitleHidden?: boolean; isCloseShown?: boolean }) {
  const { t } = useTranslation()
  return (
    <Base.Root open={props.isOpen} onOpenChange={(open) => !open && props.onClose()}>
      <Base.Portal>
        <Base.Backdrop className={`tx-veil ${props.className}-veil`} />
        <Base.Popup className={props.className}>
          <div className={props.isTitleHidden ? 'tx-hidden' : 'tx-panel-head'}>
            <Base.Title render={<h2 />}>{props.title}</Base.Title>
            {props.isCloseShown ? (
              <Base.Close className="tx-close" aria-label={t('ui.close')}>
                <X aria-hidden="true" />
              </Base.Close>
            ) : null}
          </div>
          <div className="tx-panel-body">{props.children}</div>
          {props.acts ? <div className="tx-acts">{props.acts}</div> : null}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A question or a short form above the page. Escape and a press beside it close it. */
export const Dialog = (props: Props) => <Panel {...props} className="tx-dialog" />

/** The same from the bottom edge: the phone's way for small acts. */
export const Sheet = (props: Props) => <Panel {...props} className="tx-sheet" />

/** From the right edge, beside the list it belongs to: the desk's way to look at a row without leaving. */
export const Drawer = (props: Props) => <Panel {...props} isCloseShown className="tx-drawer" />

/** High on the page, without a visible title: the command palette. */
export const Palette = (props: Props) => <Panel {...props} isTitleHidden className="tx-palette" />
