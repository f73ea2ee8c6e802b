set nocompatible
filetype plugin indent on
syntax on
set number ruler showcmd incsearch hlsearch ignorecase smartcase
set tabstop=4 shiftwidth=4 autoindent
set background=dark backspace=indent,eol,start
autocmd BufNewFile,BufRead Dockerfile.* setfiletype dockerfile
