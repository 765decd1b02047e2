import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ArticleRow } from './ArticleRow.tsx'
import { latestQuery } from './publishing.api.ts'

const MOST = 4

/** The newest articles, those put first before them; nothing while there are none. */
export function Card() {
  const { t } = useTranslation()
  const { data } = useQuery(latestQuery)
  if (!data || data.rows.length === 0) return null
  const first = data.pinned.slice(0, 1)
  const rows = [...first, ...data.rows.filter(({ id }) => id !== first[0]?.id)].slice(0, MOST)
  return (
    <section className="card publishing-latest" aria-label={t('publishing.title')}>
      <h2>
        <span>{t('publishing.title')}</span>
        <Link to={paths.articles.list()}>{t('publishing.all')}</Link>
      </h2>
      {rows.map((article) => (
        <ArticleRow key={article.id} article={article} />
      ))}
    </section>
  )
}
