import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import type { TransferRecord } from '@tongxin/contract/transfers'
import { decideTransfer, stepTransfer } from '@tongxin/contract/transfers.acts'
import { SETTLEMENTS, TRANSFER_STEPS, type TransferAct } from '@tongxin/contract/transfers.words'
import { Button, DateInput, Dialog, MonthInput, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_TRANSFERS } from './transfers.api.ts'

type FieldName = 'on' | 'note' | 'documentNumber' | 'validDays' | 'duesPaidUntil' | 'receivedBy' | 'settlement'
type Values = Partial<Record<FieldName, string>>

/** What each act asks; `*` marks what it cannot do without. */
const ASKED: Readonly<Record<TransferAct, readonly (FieldName | `${FieldName}*`)[]>> = {
  agree: ['on', 'note'],
  approve: ['on', 'note'],
  approve_department: ['documentNumber*', 'on'],
  send_back: ['note*'],
  issue: ['validDays*', 'duesPaidUntil'],
  receive: ['on'],
  return: ['note*', 'on'],
  withdraw: ['note*'],
  revoke: ['note*'],
  renew: ['note*', 'validDays*', 'duesPaidUntil'],
  settle: ['settlement*', 'note*'],
}
const LONG = new Set<FieldName>(['note'])
const isStep = (act: TransferAct): boolean => (TRANSFER_STEPS as readonly string[]).includes(act)

/** One act as a small form: only what this act needs, errors at their fields. */
export function ActDialog({ one, act, onClose }: { one: TransferRecord; act: TransferAct; onClose: () => void }) {
  const { t } = useTranslation()
  const go = useNavigate()
  const [values, setValues] = useState<Values>({
    validDays: String(one.usualDays),
    duesPaidUntil: one.duesPaidUntil ?? '',
  })
  const options = {
    refreshes: ALL_TRANSFERS,
    onDone: () => {
      say(t(`transfers.said.${act}`))
      onClose()
      if (act === 'receive' && one.side === 'sending' && one.direction === 'inside') void go({ to: '/transfers' })
    },
  }
  const step = useWrite(stepTransfer, options)
  const decision = useWrite(decideTransfer, options)
  const error = step.error ?? decision.error
  const asked = [...ASKED[act], ...(act === 'receive' && one.direction === 'out' ? (['receivedBy*'] as const) : [])]
  const missing = asked.find((name) => name.endsWith('*') && !values[name.slice(0, -1) as FieldName]?.trim())
  const whyNot = missing ? t('transfers.fillFirst', { field: t(`transfers.field.${missing.slice(0, -1)}`) }) : undefined
  const send = () => {
    const body = { act, ...toldOf(values, asked) } as never
    const input = { params: { id: one.id }, body, ifMatch: one.version }
    if (isStep(act)) step.mutate(input)
    else decision.mutate(input)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`transfers.ask.${act}`, { name: one.name })}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button kind="primary" isBusy={step.isPending || decision.isPending} whyNot={whyNot} onClick={send}>
            {t(`transfers.act.${act}`)}
          </Button>
        </>
      }
    >
      <div className="transfer-dialog">
        <p className="hint">{t(`transfers.lead.${act}`, { most: one.mostDays, to: one.toName })}</p>
        <RefusalText error={error} labels={labelsOf(asked, t)} />
        <Fields
          asked={asked}
          values={values}
          error={error}
          onChange={(change) => setValues({ ...values, ...change })}
        />
      </div>
    </Dialog>
  )
}

const nameOf = (asked: string): FieldName => asked.replace('*', '') as FieldName
const labelsOf = (asked: readonly string[], t: (key: string) => string) =>
  Object.fromEntries(asked.map((name) => [`/body/${nameOf(name)}`, t(`transfers.field.${nameOf(name)}`)]))

/** The filled fields of the act as the endpoint takes them. */
function toldOf(values: Values, asked: readonly string[]): object {
  return Object.fromEntries(
    asked.flatMap((name): [string, string | number][] => {
      const value = values[nameOf(name)]?.trim()
      if (!value) return []
      return [[nameOf(name), nameOf(name) === 'validDays' ? Number(value) : value]]
    }),
  )
}

function Fields(props: {
  asked: readonly string[]
  values: Values
  error: unknown
  onChange: (change: Values) => void
}) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  return props.asked.map((one) => {
    const name = nameOf(one)
    const wiring = {
      label: t(`transfers.field.${name}`),
      value: props.values[name] ?? '',
      onChange: (value: string) => props.onChange({ [name]: value }),
      required: one.endsWith('*'),
      error: errorAt(`/body/${name}`),
    }
    if (name === 'on') return <DateInput key={name} {...wiring} help={t('transfers.onHelp')} />
    if (name === 'settlement')
      return (
        <Select
          key={name}
          {...wiring}
          value={wiring.value as (typeof SETTLEMENTS)[number] | ''}
          options={SETTLEMENTS.map((value) => ({ value, label: t(`transfers.settlement.${value}`) }))}
        />
      )
    if (LONG.has(name)) return <TextArea key={name} {...wiring} rows={3} maxLength={500} />
    if (name === 'validDays') return <TextInput key={name} {...wiring} inputMode="numeric" maxLength={3} />
    if (name === 'duesPaidUntil') return <MonthInput key={name} {...wiring} />
    return <TextInput key={name} {...wiring} maxLength={80} />
  })
}
