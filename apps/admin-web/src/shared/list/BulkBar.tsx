import { Button, ConfirmDialog } from '@tongxin/ui'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkAct, BulkQuestion } from './types.ts'

const PREVIEW_ROWS = 8

/** Appears with a selection: how many, what can be done, and before it is done which rows it touches. */
export function BulkBar<Row>(props: {
  rows: readonly Row[]
  acts: readonly BulkAct<Row>[]
  nameOf: (row: Row) => ReactNode
  rowKey: (row: Row) => string
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<BulkAct<Row> | null>(null)
  return (
    <section className="bulk" aria-label={t('shared.bulk')}>
      <strong>{t('shared.selected', { count: props.rows.length })}</strong>
      {props.acts.map((act) => (
        <Button
          key={act.key}
          kind={act.isDanger ? 'danger' : 'plain'}
          whyNot={act.whyNot}
          onClick={() => setAsked(act)}
        >
          {act.verb}
        </Button>
      ))}
      <Button kind="quiet" onClick={props.onDone}>
        {t('shared.unselect')}
      </Button>
      {asked && 'form' in asked
        ? asked.form({ rows: props.rows, onClose: () => setAsked(null), onDone: props.onDone })
        : null}
      {asked && 'run' in asked ? <Asked {...props} act={asked} onClose={() => setAsked(null)} /> : null}
    </section>
  )
}

function Asked<Row>(props: {
  act: BulkAct<Row> & BulkQuestion<Row>
  rows: readonly Row[]
  nameOf: (row: Row) => ReactNode
  rowKey: (row: Row) => string
  onClose: () => void
  onDone: () => void
}) {
  const { t } = useTranslation()
  const { act, rows } = props
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const run = async (reason: string) => {
    setBusy(true)
    try {
      await act.run(rows, reason)
      props.onClose()
      props.onDone()
    } catch (refused) {
      setError(refused)
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={props.onClose}
      title={act.question(rows.length)}
      verb={act.verb}
      isDanger={act.isDanger ?? false}
      isBusy={isBusy}
      error={error}
      onConfirm={(reason) => void run(reason)}
      {...(act.reasonLabel === undefined ? {} : { reasonLabel: act.reasonLabel })}
    >
      <ul className="preview">
        {rows.slice(0, PREVIEW_ROWS).map((row) => (
          <li key={props.rowKey(row)}>{props.nameOf(row)}</li>
        ))}
        {rows.length > PREVIEW_ROWS ? <li>{t('shared.andMore', { count: rows.length - PREVIEW_ROWS })}</li> : null}
      </ul>
    </ConfirmDialog>
  )
}
