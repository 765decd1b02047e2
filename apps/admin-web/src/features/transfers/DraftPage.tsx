import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { draftTransfer, editTransfer, type TransferRecord } from '@tongxin/contract/transfers'
import { ErrorState, Field, Skeleton, say } from '@tongxin/ui'
import { Select as Search } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import {
  DestinationFields,
  type DestinationValues,
  destinationLabels,
  destinationOf,
  NO_DESTINATION,
} from './DestinationFields.tsx'
import { ALL_TRANSFERS, peopleQuery, transferQuery } from './transfers.api.ts'
import './transfers.css'

type Values = DestinationValues & { readonly memberId: string; readonly memberName: string }

export const loader = ({ params, queryClient }: LoaderInput) =>
  params.id ? queryClient.ensureQueryData(transferQuery(params.id)) : Promise.resolve()

/** Prepares the transfer of one member, or changes a prepared one. `?member=` comes from the page of a member. */
export function Page({ params, search }: ScreenProps) {
  const id = params.id ?? ''
  const { data, error, refetch } = useQuery({ ...transferQuery(id), enabled: id !== '' })
  if (id === '')
    return <DraftForm one={null} first={{ memberId: search.member ?? '', memberName: search.name ?? '' }} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return data ? <DraftForm key={data.version} one={data} first={firstOf(data)} /> : <Skeleton lines={10} />
}

function firstOf(one: TransferRecord): Partial<Values> {
  return {
    memberId: one.memberId ?? '',
    memberName: one.name,
    where: one.direction === 'inside' ? 'inside' : 'outside',
    toOrgId: one.toOrgId ?? '',
    toOrgName: one.direction === 'inside' ? one.toName : '',
    toName: one.direction === 'inside' ? '' : one.toName,
    kind: one.direction === 'inside' ? '' : one.kind,
    destinationApproves: one.direction === 'out' && !one.needsDepartment,
    reason: one.reason,
    duesPaidUntil: one.duesPaidUntil ?? '',
    contactName: one.contact.name ?? '',
    contactPhone: one.contact.phone ?? '',
    contactFax: one.contact.fax ?? '',
    contactPostcode: one.contact.postcode ?? '',
    contactAddress: one.contact.address ?? '',
  }
}

function DraftForm({ one, first }: { one: TransferRecord | null; first: Partial<Values> }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const can = useCan()
  const draft = useDraft<Values>(`transfers.${one?.id ?? `new.${first.memberId ?? ''}`}.${one?.version ?? 0}`, {
    ...NO_DESTINATION,
    memberId: '',
    memberName: '',
    ...first,
  })
  const { values } = draft
  const done = {
    refreshes: ALL_TRANSFERS,
    onDone: ({ id }: { id: string }) => {
      draft.discard()
      say(t('transfers.saved'))
      void go({ to: paths.transfers.one(id) })
    },
  }
  const add = useWrite(draftTransfer, done)
  const edit = useWrite(editTransfer, done)
  const error = add.error ?? edit.error
  const errorAt = useFieldErrors(error)
  const where = values.where === 'inside' ? values.toOrgId : values.toName.trim() && values.kind
  const whyNot = !values.memberId
    ? t('transfers.fillFirst', { field: t('transfers.field.memberId') })
    : !where
      ? t('transfers.fillFirst', { field: t('transfers.destination') })
      : values.reason.trim().length < 2
        ? t('transfers.fillFirst', { field: t('transfers.field.reason') })
        : can('transfers.write').whyNot
  const submit = () => {
    const body = destinationOf(values) as never as { reason: string }
    if (one) edit.mutate({ params: { id: one.id }, body, ifMatch: one.version })
    else add.mutate({ body: { ...body, memberId: values.memberId } })
  }
  return (
    <FormPage
      title={t(one ? 'transfers.editTitle' : 'transfers.add')}
      lead={<p className="hint">{t('transfers.draftLead')}</p>}
      verb={t('transfers.save')}
      onSubmit={submit}
      isBusy={add.isPending || edit.isPending}
      error={error}
      labels={{ ...destinationLabels(t), '/body/memberId': t('transfers.field.memberId') }}
      whyNot={whyNot}
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => void go({ to: one ? paths.transfers.one(one.id) : paths.transfers.list() })}
    >
      {one ? (
        <p>
          <strong>{one.name}</strong> · {one.fromName}
        </p>
      ) : (
        <MemberPicker values={values} onChange={draft.change} error={errorAt('/body/memberId')} />
      )}
      <DestinationFields values={values} onChange={draft.change} errorAt={errorAt} />
    </FormPage>
  )
}

function MemberPicker(props: {
  values: Values
  onChange: (change: Partial<Values>) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, isFetching } = useQuery(peopleQuery(text))
  const { memberId, memberName } = props.values
  const rows = data?.rows ?? []
  const isKnown = memberId !== '' && !rows.some(({ id }) => id === memberId)
  return (
    <Field label={t('transfers.field.memberId')} required error={props.error} help={t('transfers.memberHelp')}>
      {(wiring) => (
        <Search
          id={wiring.id}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={isFetching}
          value={memberId || null}
          placeholder={t('transfers.memberFind')}
          notFoundContent={t('transfers.memberNone')}
          onChange={(id: string) =>
            props.onChange({ memberId: id, memberName: rows.find((row) => row.id === id)?.name ?? '' })
          }
          options={[
            ...(isKnown ? [{ value: memberId, label: memberName }] : []),
            ...rows.map((row) => ({ value: row.id, label: `${row.name} · ${row.memberNo} · ${row.orgName}` })),
          ]}
        />
      )}
    </Field>
  )
}
