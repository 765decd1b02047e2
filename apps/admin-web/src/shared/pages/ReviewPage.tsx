import { Button, type Choice, ConfirmDialog, type DiffRow, DiffTable, RefusalText } from '@tongxin/ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Props = {
  readonly title: string
  /** Which of how many wait; `onNext` leads on without leaving. */
  readonly place: { readonly at: number; readonly of: number }
  readonly rows: readonly DiffRow[]
  /** Who proposed it, when, on what ground; attachments. */
  readonly lead?: ReactNode
  readonly onAccept: (choices: Readonly<Record<string, Choice>>) => void
  readonly onReturn: (reason: string) => void
  readonly onNext?: (() => void) | undefined
  readonly isBusy: boolean
  readonly error: unknown
  /** The reviewer may not decide: he proposed it himself, or lacks the right. */
  readonly whyNot?: string | undefined
}

/** Old left, new right, source third; one side accepted per differing field; then accept, or return with a reason. */
export function ReviewPage(props: Props) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const [isReturning, setReturning] = useState(false)
  const open = props.rows.filter((row) => row.old !== row.new && choices[row.field] === undefined)
  const whyNot =
    props.whyNot ??
    (open.length > 0 ? t('shared.chooseFirst', { count: open.length, fields: open[0]?.label }) : undefined)
  const takeAll = () => setChoices(Object.fromEntries(props.rows.map((row) => [row.field, 'new' as const])))
  return (
    <div className="page">
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {props.title} <small className="count">{t('shared.place', props.place)}</small>
        </h1>
        <div className="page-acts">
          <Button onClick={takeAll}>{t('shared.takeAllNew')}</Button>
          {props.onNext ? <Button onClick={props.onNext}>{t('shared.nextRecord')}</Button> : null}
        </div>
      </header>
      {props.lead}
      <div className="panel review">
        <DiffTable
          caption={props.title}
          rows={props.rows}
          chosen={choices}
          onChoose={(field, choice) => setChoices({ ...choices, [field]: choice })}
        />
      </div>
      <RefusalText error={isReturning ? null : props.error} />
      <footer className="review-acts no-print">
        <Button whyNot={props.whyNot} onClick={() => setReturning(true)}>
          {t('shared.return')}
        </Button>
        <Button
          kind="primary"
          isBusy={props.isBusy && !isReturning}
          whyNot={whyNot}
          onClick={() => props.onAccept(choices)}
        >
          {t('shared.accept')}
        </Button>
      </footer>
      <ConfirmDialog
        isOpen={isReturning}
        onClose={() => setReturning(false)}
        title={t('shared.returnTitle')}
        verb={t('shared.return')}
        reasonLabel={t('shared.returnReason')}
        isBusy={props.isBusy}
        error={props.error}
        onConfirm={props.onReturn}
      />
    </div>
  )
}
