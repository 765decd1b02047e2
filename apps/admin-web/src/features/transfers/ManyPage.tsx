import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { type BatchPerson, type BatchRow, draftBatch, previewBatch } from '@tongxin/contract/transfers'
import { Button, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { BatchPreview } from './BatchPreview.tsx'
import {
  DestinationFields,
  type DestinationValues,
  destinationLabels,
  destinationOf,
  NO_DESTINATION,
} from './DestinationFields.tsx'
import { type Chosen, PeopleChooser } from './PeopleChooser.tsx'
import { ALL_TRANSFERS } from './transfers.api.ts'
import { pastedPeople } from './transfers.format.ts'
import './transfers.css'

type Values = DestinationValues & { readonly chosen: readonly Chosen[]; readonly pasted: string }

/** Prepares the transfers of many (graduates): people, a common destination or one each, a preview, one confirmation. */
export function Page() {
  const { t } = useTranslation()
  const go = useNavigate()
  const can = useCan()
  const draft = useDraft<Values>('transfers.many', { ...NO_DESTINATION, where: 'outside', chosen: [], pasted: '' })
  const { values, change } = draft
  const [rows, setRows] = useState<readonly BatchRow[] | null>(null)
  const people: BatchPerson[] = [...values.chosen.map(({ id }) => ({ memberId: id })), ...pastedPeople(values.pasted)]
  const body = { ...destinationOf(values), people } as never
  const preview = useWrite(previewBatch, { onDone: (reply) => setRows(reply.rows) })
  const save = useWrite(draftBatch, {
    refreshes: ALL_TRANSFERS,
    onDone: ({ batchId, count }) => {
      draft.discard()
      say(t('transfers.savedMany', { count }))
      void go({ to: paths.transfers.list(), search: { tab: 'all', batchId } as never })
    },
  })
  const error = save.error ?? preview.error
  const errorAt = useFieldErrors(error)
  const whyNot =
    people.length === 0
      ? t('transfers.peopleFirst')
      : values.reason.trim().length < 2
        ? t('transfers.fillFirst', { field: t('transfers.field.reason') })
        : can('transfers.write').whyNot
  /** Another list of people or another destination: what was previewed no longer holds. */
  const changed = (next: Partial<Values>) => {
    setRows(null)
    change(next)
  }
  return (
    <div className="page">
      <title>{`${t('transfers.addMany')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{t('transfers.addMany')}</h1>
      </header>
      <div className="transfer-many">
        <section className="panel form" aria-label={t('transfers.people')}>
          <PeopleChooser
            chosen={values.chosen}
            pasted={values.pasted}
            onChoose={(chosen) => changed({ chosen })}
            onPaste={(pasted) => changed({ pasted })}
          />
        </section>
        <section className="panel form" aria-label={t('transfers.destination')}>
          <p className="hint">{t('transfers.commonHint')}</p>
          <DestinationFields values={values} onChange={changed} errorAt={errorAt} />
          <RefusalText error={error} labels={destinationLabels(t)} />
          <footer className="tx-acts">
            <Button onClick={() => void go({ to: paths.transfers.list() })}>{t('ui.back')}</Button>
            <Button
              kind={rows ? 'plain' : 'primary'}
              isBusy={preview.isPending}
              whyNot={whyNot}
              onClick={() => preview.mutate({ body })}
            >
              {t('transfers.preview', { count: people.length })}
            </Button>
          </footer>
        </section>
      </div>
      {rows ? (
        <BatchPreview
          rows={rows}
          isBusy={save.isPending}
          onConfirm={() => save.mutate({ body })}
          onDrop={(at) => changed(without(values, at))}
        />
      ) : null}
    </div>
  )
}

/** The list without the person of one row of the preview. */
function without(values: Values, at: number): Partial<Values> {
  const fromChosen = values.chosen.length
  if (at < fromChosen) return { chosen: values.chosen.filter((_, index) => index !== at) }
  const lines = values.pasted.split(/\r?\n/).filter((line) => line.trim() !== '')
  return { pasted: lines.filter((_, index) => index !== at - fromChosen).join('\n') }
}
