import { useQuery } from '@tanstack/react-query'
import { Button, EmptyState, ErrorState, Skeleton, TextArea, TextInput } from '@tongxin/ui'
import { Checkbox, Tabs } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { peopleQuery } from './transfers.api.ts'

export type Chosen = { readonly id: string; readonly name: string }

/** People ticked in the list of members, and people pasted from a spreadsheet. */
export function PeopleChooser(props: {
  chosen: readonly Chosen[]
  pasted: string
  onChoose: (chosen: readonly Chosen[]) => void
  onPaste: (text: string) => void
}) {
  const { t } = useTranslation()
  return (
    <Tabs
      items={[
        {
          key: 'tick',
          label: t('transfers.tick', { count: props.chosen.length }),
          children: <Ticks chosen={props.chosen} onChoose={props.onChoose} />,
        },
        {
          key: 'paste',
          label: t('transfers.paste'),
          children: (
            <TextArea
              label={t('transfers.pasteLabel')}
              help={t('transfers.pasteHelp')}
              rows={12}
              value={props.pasted}
              onChange={props.onPaste}
            />
          ),
        },
      ]}
    />
  )
}

function Ticks({ chosen, onChoose }: { chosen: readonly Chosen[]; onChoose: (chosen: readonly Chosen[]) => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [orgId, setOrgId] = useState('')
  const { data, error, refetch } = useQuery(peopleQuery(text, orgId))
  const rows = data?.rows ?? []
  const isChosen = (id: string) => chosen.some((one) => one.id === id)
  const flip = (row: Chosen) =>
    onChoose(isChosen(row.id) ? chosen.filter(({ id }) => id !== row.id) : [...chosen, { id: row.id, name: row.name }])
  const others = rows.filter(({ id }) => !isChosen(id)).map(({ id, name }) => ({ id, name }))
  return (
    <div className="transfer-ticks">
      <OrgPicker label={t('transfers.unit')} value={orgId} onChange={setOrgId} />
      <TextInput label={t('transfers.keyword')} help={t('transfers.memberHelp')} value={text} onChange={setText} />
      <p className="transfer-links">
        <Button
          whyNot={others.length === 0 ? t('transfers.allTicked') : undefined}
          onClick={() => onChoose([...chosen, ...others])}
        >
          {t('transfers.tickAll', { count: others.length })}
        </Button>
        <Button whyNot={chosen.length === 0 ? t('transfers.peopleFirst') : undefined} onClick={() => onChoose([])}>
          {t('transfers.untick')}
        </Button>
      </p>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <Skeleton lines={6} />}
      {data && rows.length === 0 ? <EmptyState title={t('transfers.memberNone')} /> : null}
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox checked={isChosen(row.id)} onChange={() => flip(row)}>
              {row.name} <span className="hint">{`${row.memberNo} · ${row.orgName}`}</span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </div>
  )
}
