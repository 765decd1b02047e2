import { Button, Dialog, RefusalText } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** A short form above the page: refusals on top, fields, one act. `labels` names fields as in `FormPage`. */
export function FormDialog(props: {
  title: string
  verb: string
  lead?: ReactNode
  labels?: Readonly<Record<string, string>>
  whyNot?: string | undefined
  isDanger?: boolean
  isBusy: boolean
  error: unknown
  onSubmit: () => void
  onClose: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={props.title}
      acts={
        <>
          <Button onClick={props.onClose}>{t('ui.back')}</Button>
          <Button
            kind={props.isDanger ? 'danger' : 'primary'}
            isBusy={props.isBusy}
            whyNot={props.whyNot}
            onClick={props.onSubmit}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      <div className="dialog-form">
        {props.lead ? <p className="hint">{props.lead}</p> : null}
        <RefusalText error={props.error} labels={props.labels ?? {}} />
        {props.children}
      </div>
    </Dialog>
  )
}
