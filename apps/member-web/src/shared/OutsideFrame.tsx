import { chooseLanguage } from '@tongxin/client/texts'
import { Mark } from '@tongxin/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './outside.css'

/** A page outside the tabs, for people who are not signed in yet: the mark, one card, the other language. */
export function OutsideFrame(props: { title: string; lead?: ReactNode; isWide?: boolean; children: ReactNode }) {
  const { t, i18n } = useTranslation()
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'
  return (
    <div className="outside" data-wide={props.isWide || undefined}>
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header>
        <Mark />
        <strong>{t('shell.name')}</strong>
        <button type="button" lang={other} onClick={() => void chooseLanguage(other)}>
          {other === 'en' ? 'English' : '中文'}
        </button>
      </header>
      <main id="main" tabIndex={-1}>
        <h1>{props.title}</h1>
        {props.lead ? <p className="lead">{props.lead}</p> : null}
        {props.children}
      </main>
    </div>
  )
}
