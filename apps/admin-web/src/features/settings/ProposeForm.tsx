import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { proposeSetting, type SettingRow } from '@tongxin/contract/settings'
import { Button, DateInput, dateOf, RefusalText, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_SETTINGS } from './settings.api.ts'
import { valueOf } from './settings.format.ts'

/** A new value from a day on, with its reason. A figure of a statute waits for a second person. */
export function ProposeForm({ row, orgId, orgName }: { row: SettingRow; orgId: string; orgName: string }) {
  const { t } = useTranslation()
  const can = useCan()
  const [text, setText] = useState(String(row.value))
  const [effectiveFrom, setEffectiveFrom] = useState(dateOf(new Date().toISOString()))
  const [reason, setReason] = useState('')
  const save = useWrite(proposeSetting, {
    refreshes: ALL_SETTINGS,
    onDone: ({ state }) => {
      setReason('')
      say(t(state === 'proposed' ? 'settings.proposed' : 'settings.saved'))
    },
  })
  const errorAt = useFieldErrors(save.error)
  const value = valueOf(row, text)
  const whyNot =
    can('settings.write').whyNot ??
    (value === null
      ? t('settings.valueFirst')
      : value === row.value
        ? t('settings.otherValue')
        : reason.trim().length < 2
          ? t('settings.reasonFirst')
          : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value === null || whyNot !== undefined) return
    save.mutate({ body: { orgId, code: row.code, value, effectiveFrom, reason: reason.trim() } })
  }
  return (
    <form className="settings-form" onSubmit={submit} noValidate>
      <h3>{t('settings.changeFor', { name: orgName })}</h3>
      <RefusalText error={save.error} />
      <ValueInput row={row} text={text} onChange={setText} error={errorAt('/body/value')} />
      <DateInput
        label={t('settings.effectiveFrom')}
        required
        value={effectiveFrom}
        onChange={setEffectiveFrom}
        error={errorAt('/body/effectiveFrom')}
      />
      <TextArea
        label={t('settings.reason')}
        required
        rows={2}
        value={reason}
        onChange={setReason}
        error={errorAt('/body/reason')}
      />
      <Button type="submit" kind="primary" isBusy={save.isPending} whyNot={whyNot}>
        {t(row.kind === 'parameter' ? 'settings.propose' : 'settings.save')}
      </Button>
      {row.kind === 'parameter' ? <p className="hint">{t('settings.secondPerson')}</p> : null}
    </form>
  )
}

function ValueInput(props: {
  row: SettingRow
  text: string
  onChange: (text: string) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const { row, text, onChange, error } = props
  const label = t('settings.newValue')
  if (row.type === 'switch')
    return (
      <Select
        label={label}
        required
        value={text}
        onChange={onChange}
        error={error}
        options={['true', 'false'].map((value) => ({
          value,
          label: t(value === 'true' ? 'settings.on' : 'settings.off'),
        }))}
      />
    )
  const range =
    row.least === null || row.most === null ? undefined : t('settings.range', { least: row.least, most: row.most })
  return (
    <TextInput
      label={row.unit ? `${label} (${t(`settings.unitName.${row.unit}`)})` : label}
      required
      inputMode={row.type === 'whole' ? 'numeric' : 'text'}
      value={text}
      onChange={onChange}
      help={range}
      error={error}
    />
  )
}
