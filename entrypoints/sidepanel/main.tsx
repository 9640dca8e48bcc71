import { createRoot } from 'react-dom/client'
import { browser } from 'wxt/browser'
import { Panel } from '../../components/panel.tsx'
import './style.css'

const root = document.querySelector('#root')
const { id: windowId } = await browser.windows.getCurrent()
if (!root || windowId === undefined) throw new Error('The side panel opened without a window')
createRoot(root).render(<Panel windowId={windowId} />)
