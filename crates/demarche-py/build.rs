//! Lets `cargo build` link the module without an interpreter where a linker wants to be told so (macOS).

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
