import { Button, RefusalText, type Refused, timeOf, useRefusalWords } from '@tongxin/ui'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * One column of fields. `labels` maps JSON pointers of the body (`/body/name`) to labels, for the list of errors on
 * top; at the fields use `useFieldErrors`. `savedAt` and `onDiscard` come from `useDraft`.
 */
export function FormPage(props: {
  title: string
  lead?: ReactNode
  verb: string
  onSubmit: () => void
  isBusy: boolean
  error: unknown
  labels: Readonly<Record<string, string>>
  whyNot?: string | undefined
  savedAt?: number | null
  onDiscard?: () => void
  onBack: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (props.whyNot === undefined && !props.isBusy) props.onSubmit()
  }
  return (
    <div className="page narrow">
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{props.title}</h1>
        {props.savedAt ? (
          <span className="hint">
            {t('shared.draftSaved', { time: timeOf(props.savedAt) })}{' '}
            <Button kind="quiet" onClick={() => props.onDiscard?.()}>
              {t('shared.discard')}
            </Button>
          </span>
        ) : null}
      </header>
      <form className="panel form" noValidate onSubmit={submit} aria-label={props.title}>
        {props.lead}
        <RefusalText error={props.error} labels={props.labels} />
        {props.children}
        <footer className="tx-acts">
          <Button onClick={props.onBack}>{t('ui.back')}</Button>
          <Button type="submit" kind="primary" isBusy={props.isBusy} whyNot={props.whyNot}>
            {props.verb}
          </Button>
        </footer>
      </form>
    </div>
  )
}

/** The text for the error at one field: `at('/body/name')`, undefined when that field is right. */
export function useFieldErrors(error: unknown): (pointer: string) => string | undefined {
  const words = useRefusalWords()
  const fields = (error as Partial<Refused> | null)?.fields ?? []
  return (pointer) => {
    const wrong = fields.find((field) => field.field === pointer)
    if (!wrong) return undefined
    const { reason, remedy } = words(wrong.code, wrong.detail)
    return `${reason} ${remedy}`
  }
}
