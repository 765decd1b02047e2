import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** The article behind a verdict: "why?" opens its source and words. */
export function WhyArticle(props: { source: string; article: string; children?: ReactNode }) {
  const { t } = useTranslation()
  return (
    <details className="tx-why">
      <summary>{t('ui.why')}</summary>
      <blockquote>
        <cite>
          {props.source} {props.article}
        </cite>
        {props.children ? <p>{props.children}</p> : null}
      </blockquote>
    </details>
  )
}
