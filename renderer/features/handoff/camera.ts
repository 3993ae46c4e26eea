/** The camera of the hand-off screen: allowed by main only while this screen is shown, and asked for only where there is one. */
import { useEffect, useRef, useState, type RefObject } from 'react'
import { main } from '../../host.ts'

const SIDE = 1280
const QUALITY = 0.8

export interface Camera {
  /** False where no camera is: nothing is drawn then. */
  there: boolean
  video: RefObject<HTMLVideoElement | null>
  /** JPEG bytes as base64, or null while no picture comes. */
  shoot(): string | null
}

export function useCamera(): Camera {
  const [there, setThere] = useState(false)
  const video = useRef<HTMLVideoElement | null>(null)
  useEffect(() => {
    let live = true
    let stream: MediaStream | null = null
    const open = async () => {
      await main('view.camera', { on: true })
      const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
      if (!live || !devices.some((one) => one.kind === 'videoinput')) return
      stream = await navigator.mediaDevices.getUserMedia({ video: { width: SIDE }, audio: false })
      if (!live) return stream.getTracks().forEach((track) => track.stop())
      setThere(true)
      if (video.current) video.current.srcObject = stream
    }
    // A camera that is refused or busy is a camera that is not there.
    open().catch(() => setThere(false))
    return () => {
      live = false
      stream?.getTracks().forEach((track) => track.stop())
      main('view.camera', { on: false }).catch(() => undefined)
    }
  }, [])
  useEffect(() => {
    if (there) void video.current?.play().catch(() => undefined)
  }, [there])
  const shoot = () => {
    const source = video.current
    if (!source || source.videoWidth === 0) return null
    const canvas = document.createElement('canvas')
    canvas.width = source.videoWidth
    canvas.height = source.videoHeight
    canvas.getContext('2d')?.drawImage(source, 0, 0)
    return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? null
  }
  return { there, video, shoot }
}
