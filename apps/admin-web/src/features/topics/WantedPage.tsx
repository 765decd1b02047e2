import { useSuspenseQuery } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { exportWantedTopics } from '@tongxin/contract/topics'
import { TOPIC_LEVELS } from '@tongxin/contract/topics.words'
import { Button, DateInput, EmptyState, RefusalText, Select } from '@tongxin/ui'
import { Trophy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { wantedFilter, wantedQuery } from './topics.api.ts'
import { saveWantedPicture } from './wanted-picture.ts'
import './topics.css'

export const loader = ({ search, queryClient }: LoaderInput) => queryClient.ensureQueryData(wantedQuery(search))

/** The ten most wanted topics of a time, a place and a level, with bars and the formula below the table. */
export function Page({ search, setSearch }: ScreenProps) {
  const { t, i18n } = useTranslation()
  const { data } = useSuspenseQuery(wantedQuery(search))
  const { rows, terms, from, until } = data
  const language = i18n.language === 'en' ? ('en' as const) : ('zh-CN' as const)
  const [error, setError] = useState<unknown>(null)
  const take = (format: 'xlsx' | 'docx') => {
    setError(null)
    download(exportWantedTopics, { body: { filter: wantedFilter(search), format, language } }).catch(setError)
  }
  const most = rows[0]?.score ?? 1
  const formula = t('topics.formula', {
    m: terms.priorWeight,
    c: (terms.prior / 100).toFixed(2),
    n: terms.leastRatings,
  })
  const takePicture = () => {
    setError(null)
    saveWantedPicture({
      title: t('topics.wanted'),
      window: t('topics.window2', { from, until }),
      rows: rows.map(({ title, orgName, supporters, enrolled, completed, score }) => ({
        title,
        note: t('topics.pictureNote', { org: orgName, supporters, enrolled, completed }),
        score: score / 10,
      })),
      formula,
    }).catch(setError)
  }
  return (
    <div className="page topics-wanted">
      <title>{`${t('topics.wanted')} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>
          {t('topics.wanted')} <small className="count">{t('topics.window2', { from, until })}</small>
        </h1>
        <div className="page-acts no-print">
          <Button whyNot={rows.length === 0 ? t('topics.noWanted') : undefined} onClick={takePicture}>
            {t('topics.picture')}
          </Button>
          <Button onClick={() => take('xlsx')}>{t('topics.xlsx')}</Button>
          <Button onClick={() => take('docx')}>{t('topics.docx')}</Button>
        </div>
      </header>
      <RefusalText error={error} />
      <Filters search={search} setSearch={setSearch} from={from} until={until} />
      {rows.length === 0 ? (
        <EmptyState title={t('topics.noWanted')} icon={<Trophy aria-hidden="true" />}>
          {t('topics.noWantedHint')}
        </EmptyState>
      ) : (
        <div className="panel topics-ten">
          <table>
            <thead>
              <tr>
                {(['place2', 'name', 'org', 'support', 'enrolledCol', 'completed', 'meanCol', 'score'] as const).map(
                  (key) => (
                    <th key={key} scope="col">
                      {t(`topics.${key}`)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={row.id}>
                  <td>{at + 1}</td>
                  <th scope="row">{row.title}</th>
                  <td>{row.orgName}</td>
                  <td className="is-number">{row.supporters}</td>
                  <td className="is-number">{row.enrolled}</td>
                  <td className="is-number">{row.completed}</td>
                  <td className="is-number">{row.mean === null ? '—' : row.mean / 10}</td>
                  <td>
                    <meter value={row.score} max={most} aria-hidden="true" /> {row.score / 10}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="hint">{formula}</p>
    </div>
  )
}

function Filters(props: Pick<ScreenProps, 'search' | 'setSearch'> & { from: string; until: string }) {
  const { t } = useTranslation()
  const { search, setSearch, from, until } = props
  return (
    <search className="topics-filters no-print">
      <DateInput
        label={t('topics.from')}
        value={search.from ?? from}
        max={until}
        onChange={(day) => setSearch({ from: day })}
      />
      <DateInput
        label={t('topics.until')}
        value={search.until ?? until}
        min={from}
        onChange={(day) => setSearch({ until: day })}
      />
      <Select
        label={t('topics.level')}
        value={TOPIC_LEVELS.find((one) => one === search.level) ?? ''}
        whenEmpty={t('topics.anyLevel')}
        onChange={(level) => setSearch({ level })}
        options={TOPIC_LEVELS.map((value) => ({ value, label: t(`words.topics.level.${value}`) }))}
      />
      <OrgPicker label={t('topics.org')} value={search.orgId ?? ''} onChange={(orgId) => setSearch({ orgId })} />
    </search>
  )
}
