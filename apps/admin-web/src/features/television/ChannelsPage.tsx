import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { openChannel } from '@tongxin/contract/television'
import type { ChannelRow } from '@tongxin/contract/television.words'
import { Button, dateOf, EmptyState, TextArea, TextInput } from '@tongxin/ui'
import { Plus, Tv } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ListPage } from '../../shared/list/ListPage.tsx'
import type { Column, Filter } from '../../shared/list/types.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { channelsQuery } from './television.api.ts'
import { useDone } from './use-done.ts'
import './television.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(channelsQuery(search))

const columns: Column<ChannelRow>[] = [
  {
    key: 'name',
    textKey: 'television.channel',
    isSortable: true,
    render: (row) => <Link to={paths.television.channel(row.id)}>{row.name}</Link>,
  },
  { key: 'orgName', textKey: 'television.org', render: (row) => row.orgName },
  { key: 'about', textKey: 'television.about', render: (row) => row.about ?? '—' },
  { key: 'programmes', textKey: 'television.programmes', render: (row) => row.programmes, isNumber: true, width: 100 },
  {
    key: 'createdAt',
    textKey: 'television.createdAt',
    isSortable: true,
    width: 130,
    render: (row) => dateOf(row.createdAt),
  },
]

/** Own channels and those of the units above, which every set below receives. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('television.write')
  const [isOpening, setOpening] = useState(false)
  const open = (
    <Button kind="primary" whyNot={whyNot} icon={<Plus aria-hidden="true" />} onClick={() => setOpening(true)}>
      {t('television.openChannel')}
    </Button>
  )
  const filters: Filter[] = [
    { key: 'text', label: t('television.keyword'), kind: 'text' },
    {
      key: 'from',
      label: t('television.fromLabel'),
      kind: 'choice',
      options: (['own', 'above'] as const).map((value) => ({ value, label: t(`television.from.${value}`) })),
    },
    {
      key: 'isEnded',
      label: t('television.endedLabel'),
      kind: 'choice',
      options: [{ value: 'true', label: t('television.onlyEnded') }],
    },
  ]
  return (
    <>
      <ListPage
        title={t('television.title')}
        columns={columns}
        rowKey={(row) => row.id}
        query={useQuery(channelsQuery(search))}
        search={search}
        setSearch={setSearch}
        filters={filters}
        primary={open}
        lamp={(row) => ({
          state: row.isEnded ? 'idle' : row.from === 'own' ? 'ok' : 'info',
          word: t(row.isEnded ? 'television.ended' : `television.from.${row.from}`),
        })}
        drawer={(row) => ({ title: row.name, path: paths.television.channel(row.id), body: <Glance row={row} /> })}
        empty={
          <EmptyState title={t('television.noChannels')} icon={<Tv aria-hidden="true" />} act={open}>
            {t('television.noChannelsHint')}
          </EmptyState>
        }
      />
      {isOpening ? <OpenDialog onClose={() => setOpening(false)} /> : null}
    </>
  )
}

function Glance({ row }: { row: ChannelRow }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('television.org'), value: row.orgName },
        { label: t('television.about'), value: row.about ?? '—' },
        { label: t('television.programmes'), value: row.programmes },
      ]}
    />
  )
}

function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [about, setAbout] = useState('')
  const [orgId, setOrgId] = useState('')
  const done = useDone()
  const open = useWrite(openChannel, {
    ...done,
    onDone: ({ id }) => void navigate({ to: paths.television.channel(id) }),
  })
  const body = { name, ...(about.trim() ? { about } : {}), ...(orgId ? { orgId } : {}) }
  return (
    <FormDialog
      title={t('television.openChannel')}
      verb={t('television.openVerb')}
      lead={t('television.openLead')}
      labels={{ '/body/name': t('television.channel'), '/body/orgId': t('television.org') }}
      whyNot={name.trim().length < 2 ? t('television.nameFirst') : undefined}
      isBusy={open.isPending}
      error={open.error}
      onSubmit={() => open.mutate({ body })}
      onClose={onClose}
    >
      <TextInput label={t('television.channel')} required maxLength={60} value={name} onChange={setName} />
      <TextArea label={t('television.about')} maxLength={300} value={about} onChange={setAbout} />
      <OrgPicker label={t('television.orgOwn')} value={orgId} onChange={setOrgId} />
    </FormDialog>
  )
}
