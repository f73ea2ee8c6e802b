# Read by the login shell.
[ -z "$BASH_VERSION" ] || . ~/.bashrc
