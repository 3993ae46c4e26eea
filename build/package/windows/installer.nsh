; Electron runs from Windows 10 on. Asked by `/S` to be silent, the installer ends with code 1.
!include WinVer.nsh

!macro customInit
  ${IfNot} ${AtLeastWin10}
    ${IfNot} ${Silent}
      MessageBox MB_OK|MB_ICONSTOP "BALIS 馆员工作台需要 Windows 10 或更高版本，Windows 7、8 不受支持，未做任何安装。$\r$\n$\r$\nBALIS Desk needs Windows 10 or newer. Windows 7 and 8 are not supported; nothing was installed."
    ${EndIf}
    SetErrorLevel 1
    Quit
  ${EndIf}
!macroend
