# Read by every interactive shell. It is yours: change what you like.
case $- in *i*) ;; *) return ;; esac

PS1='\[\e[1;36m\]\w\[\e[0m\] \[\e[1;32m\]\$\[\e[0m\] '
PROMPT_DIRTRIM=2

HISTCONTROL=ignoreboth
HISTSIZE=5000
HISTFILESIZE=10000
PROMPT_COMMAND='history -a'
shopt -s histappend checkwinsize globstar

alias ls='ls --color=auto'
alias ll='ls -lh --color=auto'
alias la='ls -A --color=auto'
alias grep='grep --color=auto'
alias d=docker

export LESS=-RFX
stty -ixon 2>/dev/null

[ ! -r /usr/share/bash-completion/bash_completion ] || . /usr/share/bash-completion/bash_completion
