"""Flet's own code of `flet build`, as far as it goes without a Flutter SDK or a network."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest
from flet_cli.commands.build import Command
from flet_cli.utils.pyproject_toml import load_pyproject_toml
from flet_cli.utils.python_versions import resolve_python_version

TARGETS = ("apk", "ipa", "web", "macos", "windows", "linux")
PYTHON = {"full_version": "3.14.6", "pyodide_version": "314.0.7", "android_abis": ["arm64-v8a"]}
MANIFEST = {"default_python_version": "3.14", "pythons": {"3.14": PYTHON}}


class Build:
    """`flet build TARGET` in `folder`, until Flutter would be needed; what it makes is in `made`."""

    def __init__(self, folder: Path, target: str, made: Path, patch: pytest.MonkeyPatch) -> None:
        manifest = made.parent / "pythons.json"
        manifest.write_text(json.dumps(MANIFEST))
        patch.setenv("FLET_PYTHON_BUILD_MANIFEST", str(manifest))
        self.made = made
        parser = argparse.ArgumentParser()
        command = self._command = Command(parser)
        command.options = parser.parse_args([target, str(folder)])
        command.target_platform = target
        command.package_platform = command.platforms[target]["package_platform"]
        command.config_platform = command.platforms[target]["config_platform"]
        command.python_app_path = folder
        command.build_dir = made.parent / "build"
        command.flutter_dir = made
        command.get_pyproject = load_pyproject_toml(folder)
        command.python_release = resolve_python_version(None, command.get_pyproject)
        command.emojis = {"checkmark": ""}
        command.update_status = lambda _: None

    def settings(self) -> dict[str, Any]:
        """What Flet's templates are filled with."""
        self._command.validate_entry_point()
        self._command.setup_template_data()
        return dict(self._command.template_data)

    def draw(self) -> set[str]:
        """Icons and start screens, over the files that a template declares; the paths of what is there."""
        self._command.template_digest = ""
        self._command.customize_icons()
        self._command.customize_splash_images()
        return {p.relative_to(self.made).as_posix() for p in self.made.rglob("*") if p.is_file()}
