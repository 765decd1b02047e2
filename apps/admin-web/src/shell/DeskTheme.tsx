import { type Appearance, useAppearance } from '@tongxin/client/appearance'
import { ConfigProvider, type ThemeConfig, theme } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const DESK_PX = 14
const BIG_PX = 21

/** Ant Design's theme read from the one table of tokens, as it stands for the present appearance. */
function themeOf({ isDark, isBig }: Appearance): ThemeConfig {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: token('accent-fill'),
      colorError: token('late'),
      colorSuccess: token('ok'),
      colorWarning: token('warn'),
      colorInfo: token('info'),
      colorLink: token('info'),
      colorText: token('ink'),
      colorTextSecondary: token('ink-2'),
      colorTextTertiary: token('ink-3'),
      colorTextPlaceholder: token('ink-3'),
      colorTextDescription: token('ink-2'),
      colorBorder: token('line-strong'),
      colorBorderSecondary: token('line'),
      colorBgLayout: token('page'),
      colorBgContainer: token('surface'),
      colorBgElevated: token('surface'),
      borderRadius: 6,
      fontFamily: token('font'),
      fontSize: isBig ? BIG_PX : DESK_PX,
      controlHeight: isBig ? 48 : 34,
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      // Nine rows more on a screen than the default: 40-pixel rows.
      Table: {
        cellPaddingBlock: isBig ? 12 : 8,
        cellPaddingInline: 12,
        headerBg: token('page'),
        rowSelectedBg: token('accent-soft'),
        rowSelectedHoverBg: token('accent-soft'),
        headerSplitColor: 'transparent',
      },
      Tabs: { itemSelectedColor: token('accent-ink'), inkBarColor: token('accent') },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    },
  }
}

/** The one place where Ant Design learns our tokens, language and the page's nonce. */
export function DeskTheme({ children }: { children: ReactNode }) {
  const appearance = useAppearance()
  const { i18n } = useTranslation()
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  return (
    <ConfigProvider
      theme={themeOf(appearance)}
      locale={i18n.language === 'en' ? enUS : zhCN}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      {children}
    </ConfigProvider>
  )
}
